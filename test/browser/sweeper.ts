// What a page of the swept site is given of the sweep, as one module.
export { sweep } from '../../src/sweep/sweep';
export { undeclaredCookies } from '../../src/sweep/undeclared-cookies';
