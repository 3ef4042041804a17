import type { Command } from 'commander'
import { readEnvironment } from '../environment.ts'
import { onInterrupt } from '../interrupt.ts'
import { talkRequest } from './options.ts'
import { runTalk } from './run-talk.ts'

/** Adds `parley talk`. */
export function registerTalk(program: Command): void {
  program
    .command('talk')
    .summary('hold a conversation in the terminal')
    .description(
      'Hold a conversation in the terminal: by microphone and speaker where the system has programs for them (sox, alsa-utils or ffmpeg), by typed lines everywhere, or with sound files. Shows what both sides say, how long answers take, and interruptions.',
    )
    .option('--backend <lane>', 'backend[/model][?key=value], as in "parley compare"', 'local')
    .option('--in <file>', 'speak this WAV file in place of the microphone; "-" reads it from standard input')
    .option('--out <file>', 'write what was heard to a WAV file')
    .option('--text', 'typed lines and written answers only')
    .option('--conversation <id>', 'begin or continue a conversation that is kept under this name')
    .option('--language <tag>', 'language that is spoken, such as en or de')
    .option('--headphones', 'the microphone does not hear the speaker: interrupt by speaking')
    .option('--microphone <device>', 'device of the recording program')
    .option('--gateway <url>', 'use a gateway that runs')
    .option('--key <key>', 'key of that gateway; PARLEY_KEY by default')
    .addHelpText(
      'after',
      `
While it runs:
  a line of text   is said for you
  Enter            interrupts the answer
  /help, /quit     help, end

Nothing here takes the speaker's sound out of the microphone's. Without --headphones the microphone is therefore not
listened to while an answer sounds: interrupt with Enter.

Examples:
  parley talk
  parley talk --backend "openai?voice=marin" --headphones
  parley talk --in question.wav --out answer.wav
  arecord -f S16_LE -r 24000 -c 1 -d 5 | parley talk --in -
  echo "What can you do?" | parley talk --text
  parley talk --conversation holiday`,
    )
    .action(async (given: unknown) => {
      const request = talkRequest(given)
      using interrupt = onInterrupt()
      await runTalk(request, { environment: readEnvironment(), signal: interrupt.signal })
    })
}
