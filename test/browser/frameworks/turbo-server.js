const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

export const part = ({ state: { title, isShown, items } }) =>
  `<h1>${title}</h1>Before ${isShown ? items.map(({ label, src }) => `${label} <iframe src="${escaped(src)}" width="400" height="300"></iframe> after `).join('') : ''}end`;
