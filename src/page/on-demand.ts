/** What most pages do not need: loaded when there is something to do, so that the script of every page stays small. */
export { changeInMirror } from '../consent/mirror';
export { Effects } from './effects';
export { register } from './register';
