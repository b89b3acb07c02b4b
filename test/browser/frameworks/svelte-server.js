import { render } from 'svelte/server';
import List from './List.svelte';

export const part = ({ state }) => render(List, { props: { state } }).body;
