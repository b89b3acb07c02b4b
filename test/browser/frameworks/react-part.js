import { start } from './react.js';

start(window.page, false);
