import { start } from './react-late.js';

start(window.page);
