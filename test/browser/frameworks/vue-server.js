import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { List } from './vue.js';

export const part = ({ state }) => renderToString(createSSRApp(List, { state }));
