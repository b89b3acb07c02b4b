import { measureServed, tableOf } from './served-bytes';

/** Prints what a site serves, beside its limits. */
console.log(tableOf(await measureServed()));
