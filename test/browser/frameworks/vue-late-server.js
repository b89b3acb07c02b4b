import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { Late, Several, viewOf } from './vue-late.js';

const View = viewOf({ Waiting: Late, Fetched: Several, Used: Late, Far: Several });

export const part = ({ state }) => renderToString(createSSRApp(View, { state }));
