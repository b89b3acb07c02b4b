/** The addresses of files of ours that were asked for. */
export const askedFor = new Set<string>();
