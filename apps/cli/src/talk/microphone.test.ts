import { expect, it } from 'vitest'
import { lastWords } from './microphone.ts'

it('repeats the last line that says something of what a recorder wrote', () => {
  const text = `ALSA lib confmisc.c:855:(parse_card) cannot find card '0'
ALSA lib pcm.c:2721:(snd_pcm_open_noupdate) Unknown PCM default
arecord: main:831: audio open error: No such file or directory

`
  expect(lastWords(text)).toBe('arecord: main:831: audio open error: No such file or directory')
  expect(lastWords(' \n')).toBe('nothing')
})
