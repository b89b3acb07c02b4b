import type { Probe } from '../probe';

/** Sound and moving pictures. */
export const media: Probe[] = [
  {
    id: 'video',
    title: '`<video src>`',
    closedBy: 'wall',
    html: ({ url }) => `<video preload="auto" src="${url('a.wav')}"></video>`,
  },
  {
    id: 'video-source',
    title: '`<video><source>`',
    closedBy: 'wall',
    html: ({ url }) => `<video preload="auto"><source src="${url('a.wav')}"></video>`,
  },
  {
    id: 'video-cors',
    title: '`<video crossorigin>`',
    closedBy: 'gate',
    html: ({ url }) => `<video crossorigin preload="auto" src="${url('a.wav')}"></video>`,
  },
  {
    id: 'video-lazy',
    title: '`<video loading=lazy>`',
    closedBy: 'wall',
    html: ({ url }) =>
      `<video loading="lazy" style="position:fixed;top:0" preload="auto" src="${url('a.wav')}"></video>`,
  },
  {
    id: 'poster',
    title: '`<video poster>`',
    closedBy: 'gate',
    html: ({ url }) => `<video poster="${url('a.png')}"></video>`,
  },
  {
    id: 'audio',
    title: '`<audio src>`',
    closedBy: 'wall',
    html: ({ url }) => `<audio preload="auto" src="${url('a.wav')}"></audio>`,
  },
  {
    id: 'audio-cors',
    title: '`<audio crossorigin>`',
    closedBy: 'gate',
    html: ({ url }) => `<audio crossorigin preload="auto" src="${url('a.wav')}"></audio>`,
  },
  {
    id: 'audio-object',
    title: '`new Audio()`',
    closedBy: 'wall',
    script: ({ url }) =>
      `const audio = new Audio('${url('a.wav')}'); audio.preload = 'auto'; audio.load(); await settled(audio);`,
  },
  {
    id: 'track',
    title: '`<track>`',
    closedBy: 'gate',
    html: ({ url, own }) =>
      `<video crossorigin muted preload="auto" src="${own('a.wav')}"><track default kind="captions" src="${url('a.vtt')}"></video>`,
    site: () => ({ 'a.wav': {} }),
  },
  {
    id: 'playlist',
    title: 'HLS playlist of the site that names segments elsewhere',
    closedBy: 'wall',
    html: ({ own }) => `<video muted autoplay preload="auto" src="${own('list.m3u8')}"></video>`,
    site: ({ url }) => ({
      'list.m3u8': `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${url('a.ts')}\n#EXT-X-ENDLIST\n`,
    }),
  },
  {
    id: 'playlist-key',
    title: 'HLS playlist of the site that names a key elsewhere',
    closedBy: 'wall',
    html: ({ own }) => `<video muted autoplay preload="auto" src="${own('list.m3u8')}"></video>`,
    site: ({ url, own }) => ({
      'list.m3u8': `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-KEY:METHOD=AES-128,URI="${url('a.txt')}"\n#EXTINF:2,\n${own('a.ts')}\n#EXT-X-ENDLIST\n`,
      'a.ts': {},
    }),
  },
  {
    id: 'playlist-variant',
    title: 'HLS playlist of the site that names another elsewhere',
    closedBy: 'wall',
    html: ({ own }) => `<video muted autoplay preload="auto" src="${own('list.m3u8')}"></video>`,
    site: ({ url }) => ({ 'list.m3u8': `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000\n${url('a.m3u8')}\n` }),
  },
  {
    id: 'media-session-chapter',
    title: 'Media Session artwork of a chapter',
    closedBy: 'wall',
    html: ({ own }) => `<iframe src="${own('frame.html')}" allow="autoplay"></iframe>`,
    site: ({ url }) => ({
      'frame.html': `<script>
        navigator.mediaSession.metadata = new MediaMetadata({ title: 'a', chapterInfo: [{ title: 'b', startTime: 0, artwork: [{ src: '${url('a.png')}', sizes: '512x512', type: 'image/png' }] }] });
        void new Audio('a.wav').play();</script>`,
      'a.wav': {},
    }),
  },
  {
    id: 'media-session',
    title: 'Media Session artwork',
    closedBy: 'wall',
    script: ({ url, own }) => `
      navigator.mediaSession.metadata = new MediaMetadata({ title: 'a', artwork: [{ src: '${url('a.png')}', sizes: '512x512', type: 'image/png' }] });
      void new Audio('${own('a.wav')}').play();`,
    site: () => ({ 'a.wav': {} }),
  },
  {
    id: 'audio-worklet',
    title: '`audioWorklet.addModule()`',
    closedBy: 'gate',
    script: ({ url }) => `await new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule('${url('a.js')}');`,
  },
  {
    id: 'audio-worklet-import',
    title: '`import` in an audio worklet of the site',
    closedBy: 'gate',
    exceptions: [
      {
        engine: 'webkit',
        uncontrolled: true,
        reason: 'WebKit does not apply the Content-Security-Policy to modules that a worklet imports',
      },
    ],
    script: ({ own }) => `await new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule('${own('main.js')}');`,
    site: ({ url }) => ({ 'main.js': `import '${url('a.js')}';` }),
  },
];
