/** All that can be read of a node; not the node itself, in whose place this cannot be given. */
type BuiltIn<T> = Readonly<Omit<T, 'nodeType'>>;

/**
 * A document, or an element, as the browser has it. What a page names hides what is built in: `<form name=cookie>` is
 * `document.cookie` from then on, and what is in a form hides the form's own.
 * @see https://webidl.spec.whatwg.org/#LegacyOverrideBuiltIns
 */
export function builtIn<T extends object>(node: T): BuiltIn<T> {
  return new Proxy(node, {
    get(_, name) {
      const value: unknown = Reflect.get(Object.getPrototypeOf(node) as object, name, node);
      return typeof value === 'function' ? value.bind(node) : value;
    },
  });
}
