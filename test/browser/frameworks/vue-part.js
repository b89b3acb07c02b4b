import { createSSRApp, nextTick, shallowReactive } from 'vue';
import { List } from './vue.js';

const props = shallowReactive({ state: window.page.state });
const app = createSSRApp({ components: { List }, data: () => ({ props }), template: '<List :state="props.state" />' });
app.mount('main');
window.render = (state) => {
  props.state = state;
  return nextTick();
};
window.unmount = () => app.unmount();
