import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { List, Page } from './react.js';

export const part = (page) => renderToString(createElement(List, page.state));
export const whole = (page) => renderToString(createElement(Page, page));
