// Package manuscript puts a draft into what the pages of the studio show of it: its modules and files, what the compiler says of them, what can be
// put into a text. It decides nothing, and knows no requests.
package manuscript
