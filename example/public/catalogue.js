import { recentlyViewed } from './recently-viewed.js';

const nav = document.querySelector('[data-recently-viewed]');
const links = recentlyViewed()
  .map((id) => document.querySelector(`[data-dataset="${CSS.escape(id)}"]`))
  .filter(Boolean)
  .map(({ href, textContent }) => {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = href;
    link.textContent = textContent;
    item.append(link);
    return item;
  });

nav.hidden = links.length === 0;
nav.querySelector('ul').append(...links);
