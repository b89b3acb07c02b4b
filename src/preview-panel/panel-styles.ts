/** On top of whatever the site is, and beside what asks its visitors, which is at the bottom. */
export const PANEL_STYLES = `
:host {
  all: initial;
  position: fixed;
  inset: 0.5rem 0.5rem auto auto;
  z-index: 2147483647;
  font: 14px/1.4 system-ui, sans-serif;
}
details {
  max-width: min(26rem, calc(100vw - 1rem));
  max-height: 60vh;
  overflow: auto;
  border: 1px solid #444;
  border-radius: 4px;
  background: #fff;
  color: #1b1b1b;
}
summary {
  padding: 0.5rem 0.75rem;
  font-weight: 600;
  cursor: pointer;
}
ul {
  margin: 0;
  padding: 0;
  list-style: none;
}
li {
  padding: 0.5rem 0.75rem;
  border-top: 1px solid #ccc;
}
p {
  margin: 0 0 0.25rem;
  overflow-wrap: anywhere;
}
p.cookies {
  padding: 0.5rem 0.75rem;
  border-top: 1px solid #ccc;
}
b {
  display: block;
}
[role='status'] {
  color: #a00;
  white-space: pre-wrap;
}
select,
button {
  min-height: 28px;
  font: inherit;
}
`;
