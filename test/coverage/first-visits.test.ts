import { coverFirstVisits } from './first-visits';

coverFirstVisits(['chromium', 'firefox']);
