import { isFirst } from './create-built';

// Without a guard the page stays closed, which is no reason to disturb it: say why, and go on.
if (isFirst) window.gatekeeper.register({ after: Promise.resolve() }).catch(console.warn);
