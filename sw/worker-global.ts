/** The worker's global scope, typed: the compiler takes `self` for a window. */
export const workerGlobal = self as unknown as ServiceWorkerGlobalScope;
