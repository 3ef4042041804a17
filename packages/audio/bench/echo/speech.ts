import { seededRandom } from '../../src/testing/signals.ts'
import { createFlite, type fliteVoices } from '../noisy-speech/flite.ts'

/** A voice of Flite. */
export type Voice = (typeof fliteVoices)[number]

const sentences = [
  'I would like to change the address that you have on file for my account.',
  'The train to Hamburg leaves at seven minutes past nine from platform twelve.',
  'Could you tell me whether the shop is still open on Sunday afternoon?',
  'My order number is four seven one nine, and the parcel never arrived.',
  'We looked at three different houses, but none of them had a garden.',
  'Please hold the line while I connect you with a colleague from the service team.',
  'Yes, that sounds right, but the invoice shows a different amount.',
  'In the evening the wind turned and the rain came down in heavy sheets.',
  'The quick brown fox jumps over the lazy dog near the bank of the river.',
  'She asked him to bring a loaf of bread, some butter and half a dozen eggs.',
  'Our opening hours are from eight in the morning until six in the evening.',
  'Nobody expected the meeting to last longer than an hour and a half.',
  'You can pay by card, by bank transfer, or in cash when you pick it up.',
  'He plays the violin, though not as well as his older sister does.',
  'There is a small fee if you cancel less than a day before the appointment.',
  'What a lovely surprise, I had not heard from you in such a long time.',
  'The doctor will see you on Thursday the twenty third at a quarter to four.',
  'Turn left at the second traffic light and then go straight on for a mile.',
  'I am afraid the connection is quite bad, could you repeat the last part?',
  'Good morning, thank you for calling, how may I help you today?',
]

const flite = createFlite()
const spoken = new Map<string, Promise<Float32Array>>()

/** One text by one voice, at 16 kHz; spoken once. */
async function speak(text: string, voice: Voice): Promise<Float32Array> {
  const speaker = await flite
  const key = `${voice}: ${text}`
  const sound = spoken.get(key) ?? speaker({ text, voice })
  spoken.set(key, sound)
  return sound
}

/** Sentences in an order of `seed` with pauses of 0.2 to 0.8 s, at an RMS of 0.1 over what is spoken, 16 kHz. */
export async function talk(voice: Voice, seconds: number, seed: number): Promise<Float32Array> {
  const random = seededRandom(seed)
  const talked = new Float32Array(Math.round(seconds * 16_000))
  let energy = 0
  let voiced = 0
  for (let at = 0; at < talked.length;) {
    // Each sentence begins where the one before it ends.
    // oxlint-disable-next-line no-await-in-loop
    const sentence = await speak(sentences[Math.floor(random() * sentences.length)] ?? '', voice)
    const part = sentence.subarray(0, talked.length - at)
    talked.set(part, at)
    for (const sample of part) energy += sample * sample
    voiced += part.length
    at += part.length + Math.round((0.2 + 0.6 * random()) * 16_000)
  }
  const gain = 0.1 / Math.sqrt(energy / voiced)
  return talked.map((sample) => sample * gain)
}
