import type { SystemEngine, SystemVoice } from './system-engine.ts'

/** Words a minute of espeak-ng at its own pace. */
const wordsPerMinute = 175

/** An installed espeak-ng. Its voices are named by language; those that need other programs are left out. */
export const espeak: SystemEngine = {
  name: 'espeak-ng',
  async listVoices(run, signal) {
    const printed = await run({ file: 'espeak-ng', args: ['--voices'], input: '', signal })
    return parseEspeakVoices(new TextDecoder().decode(printed))
  },
  speak: ({ text, voice, speed, run, signal }) =>
    run({
      file: 'espeak-ng',
      args: [
        '-v',
        voice.name,
        '-s',
        String(Math.round(wordsPerMinute * speed)),
        '--stdin',
        '--stdout',
        '-b',
        '1',
      ],
      input: text,
      signal,
    }),
}

/** Rows of priority, tag, age/gender, name, file. */
export function parseEspeakVoices(printed: string): readonly SystemVoice[] {
  const voices = new Map<string, SystemVoice>()
  for (const line of printed.split('\n').slice(1)) {
    const [, language, ageAndGender, , file] = line.trim().split(/\s+/)
    if (language === undefined || file === undefined || /^(mb\/|!v\/)/.test(file) || voices.has(language))
      continue
    const gender = ageAndGender?.endsWith('/F') ? 'female' : 'male'
    voices.set(language, { name: language, language: canonicalTag(language), gender })
  }
  return [...voices.values()]
}

function canonicalTag(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag
  } catch {
    return tag
  }
}
