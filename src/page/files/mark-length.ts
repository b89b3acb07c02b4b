/** How many letters tell one build of a file from another: enough for those of one site. */
export const MARK_LENGTH = 6;
