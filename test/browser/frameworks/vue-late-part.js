import { createSSRApp, defineAsyncComponent, hydrateOnInteraction, hydrateOnVisible } from 'vue';
import { Late, Several, viewOf } from './vue-late.js';

const arrived = new Promise((resolve) => {
  window.arrive = resolve;
});

const View = viewOf({
  Waiting: { ...Late, setup: () => arrived.then(() => ({})) },
  Fetched: defineAsyncComponent({ loader: () => arrived.then(() => Several) }),
  Used: defineAsyncComponent({ loader: async () => Late, hydrate: hydrateOnInteraction('click') }),
  Far: defineAsyncComponent({ loader: async () => Several, hydrate: hydrateOnVisible() }),
});

createSSRApp(View, { state: window.page.state }).mount('main');
