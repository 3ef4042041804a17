import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { SystemEngine, SystemVoice } from './system-engine.ts'

/** Words a minute of `say` at its own pace. */
const wordsPerMinute = 180

/** `say` of macOS; it writes only to files it can seek in. */
export const say: SystemEngine = {
  name: 'say',
  async listVoices(run, signal) {
    const printed = await run({ file: 'say', args: ['-v', '?'], input: '', signal })
    return parseSayVoices(new TextDecoder().decode(printed))
  },
  async speak({ text, voice, speed, run, signal }) {
    const folder = await mkdtemp(join(tmpdir(), 'parley-say-'))
    try {
      const path = join(folder, 'speech.wav')
      const rate = String(Math.round(wordsPerMinute * speed))
      const format = ['--file-format=WAVE', '--data-format=LEI16@22050']
      await run({
        file: 'say',
        args: ['-v', voice.name, '-r', rate, ...format, '-o', path, '-f', '-'],
        input: text,
        signal,
      })
      return await readFile(path)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** Rows of name, locale, `#` and a sentence. */
export function parseSayVoices(printed: string): readonly SystemVoice[] {
  return printed.split('\n').flatMap((line) => {
    const [, name, locale] = /^(.+?)\s+([a-z]{2,3}[_-][\w-]+)\s+#/.exec(line) ?? []
    return name === undefined || locale === undefined ? [] : [{ name, language: locale.replace('_', '-') }]
  })
}
