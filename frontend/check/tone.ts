const LASTS = 0.6;

/** Two short notes, made by the browser itself. Answers whether it was let. */
export async function playTone(): Promise<boolean> {
  const audio = new AudioContext();
  // Where the browser forbids it, this waits for ever rather than failing.
  await Promise.race([audio.resume(), new Promise((done) => setTimeout(done, 1_000))]);
  if (audio.state !== "running") return false;
  note(audio, 660, 0);
  note(audio, 880, LASTS / 2);
  setTimeout(() => void audio.close(), LASTS * 1_000 + 400);
  return true;
}

function note(audio: AudioContext, frequency: number, after: number): void {
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  const at = audio.currentTime + after;
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0.25, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + LASTS / 2);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + LASTS / 2);
}
