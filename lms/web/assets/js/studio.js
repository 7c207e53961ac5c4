// The studio's lists: drafts and the outline of one.
import { tree } from './studio-tree.js';
import { folder, listed } from './studio-upload.js';

for (const list of document.querySelectorAll('[data-tree]')) tree(list);
for (const form of document.querySelectorAll('[data-upload-folder]')) folder(form);
for (const form of document.querySelectorAll('[data-upload-files]')) listed(form);
