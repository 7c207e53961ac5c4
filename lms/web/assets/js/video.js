// All pages: small helpers for forms and menus.
