/** Writes a cookie, also where something in the page is named `cookie`. @param assignment a name, a value and attributes */
export function writeCookie(assignment: string): void {
  Reflect.set(Object.getPrototypeOf(document) as object, 'cookie', assignment, document);
}
