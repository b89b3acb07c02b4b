const frameOf = '<iframe :src="item.src" width="400" height="300"></iframe>';

export const Late = { props: ['item'], template: `<section>Late ${frameOf}</section>` };

/** Of more than one element. */
export const Several = { props: ['item'], template: `<p>Several</p>${frameOf}<p>of them</p>` };

/** A frame, and others in parts that may be taken over later: whose data or script come later, or that are seen or used later. */
export function viewOf({ Waiting, Fetched, Used, Far }) {
  return {
    components: { Waiting, Fetched, Used, Far },
    props: ['state'],
    computed: {
      first: ({ state }) => state.items[0],
      last: ({ state }) => state.items.at(-1),
    },
    template: `<div>
      ${frameOf.replace('item', 'first')}
      <Suspense><Waiting :item="last" /></Suspense>
      <Fetched :item="last" />
      <Used :item="last" />
      <p style="height: 300vh"></p>
      <Far :item="last" />
    </div>`,
  };
}
