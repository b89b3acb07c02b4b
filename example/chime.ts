const SAMPLES_PER_SECOND = 8000;
const NOTES_HZ = [523.25, 659.25, 783.99, 1046.5];
const NOTE_SECONDS = 0.4;
const HEADER_BYTES = 44;

/** A short sound, as a WAV file (8 bit, mono): something for `<audio>` elements to load. */
export function chime(): Uint8Array<ArrayBuffer> {
  const samplesPerNote = SAMPLES_PER_SECOND * NOTE_SECONDS;
  const length = samplesPerNote * NOTES_HZ.length;
  const bytes = new Uint8Array(HEADER_BYTES + length);
  writeHeader(new DataView(bytes.buffer), length);
  NOTES_HZ.forEach((hz, note) => {
    for (let sample = 0; sample < samplesPerNote; sample++) {
      const seconds = sample / SAMPLES_PER_SECOND;
      const fading = 1 - sample / samplesPerNote;
      bytes[HEADER_BYTES + note * samplesPerNote + sample] = 128 + 60 * fading * Math.sin(2 * Math.PI * hz * seconds);
    }
  });
  return bytes;
}

function writeHeader(view: DataView, length: number): void {
  const write = (offset: number, text: string) =>
    [...text].forEach((letter, i) => view.setUint8(offset + i, letter.charCodeAt(0)));
  write(0, 'RIFF');
  view.setUint32(4, 36 + length, true);
  write(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLES_PER_SECOND, true);
  view.setUint32(28, SAMPLES_PER_SECOND, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  write(36, 'data');
  view.setUint32(40, length, true);
}
