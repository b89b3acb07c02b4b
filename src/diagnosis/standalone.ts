/** Put in the place of this word by the command line's `build`. */
declare const __BUILD__: string;

export * from './index';
export const build = __BUILD__;
