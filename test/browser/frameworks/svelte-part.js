import { flushSync, hydrate, unmount } from 'svelte';
import { fromStore, writable } from 'svelte/store';
import List from './List.svelte';

const state = writable(window.page.state);
const read = fromStore(state);
const props = {
  get state() {
    return read.current;
  },
};
const list = hydrate(List, { target: document.querySelector('main'), props });
window.render = (next) => {
  state.set(next);
  flushSync();
};
window.unmount = () => unmount(list);
