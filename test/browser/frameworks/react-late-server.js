import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { Late, View } from './react-late.js';

export const part = ({ state }) => renderToString(createElement(View, { ...state, Part: Late }));
