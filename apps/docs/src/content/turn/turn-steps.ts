import type { Language } from '../../site/language.ts'
import { recordedTurn } from './recorded-turn.ts'

/** A moment of the turn that is told. */
export interface TurnStep {
  /** From when the person begins to speak. */
  readonly ms: number
  readonly title: string
  readonly text: string
}

const {
  speechHeard,
  speechEnd,
  aheadFrom,
  turnEnd,
  words,
  firstText,
  firstSound,
  sent,
  interruption,
  silence,
} = recordedTurn

/** The moments in their order, in one language. */
export function turnSteps(language: Language): readonly TurnStep[] {
  return (language === 'de' ? german : english).map(([ms, title, text]) => ({ ms, title, text }))
}

const english: readonly (readonly [number, string, string])[] = [
  [
    speechHeard,
    'Speech is heard',
    `Detection is sure after ${speechHeard} ms and sends speech_started. What was said before that is not lost.`,
  ],
  [speechEnd, 'You stop', 'Nobody can know yet whether it is a pause. The silence window begins.'],
  [
    aheadFrom,
    'Reading ahead',
    `After ${aheadFrom - speechEnd} ms of silence, recognition begins with what was said so far. If you go on, it is thrown away.`,
  ],
  [
    turnEnd,
    'The turn ends',
    `${turnEnd - speechEnd} ms after your last sound: 500 ms of silence and what detection needs. speech_stopped is sent.`,
  ],
  [words, 'Your words', `The transcript was waiting and follows after ${words - turnEnd} ms.`],
  [firstText, 'The answer begins', `Its first clause follows ${firstText - words} ms later.`],
  [
    firstSound,
    'First sound',
    `You hear it ${firstSound - speechEnd} ms after you stopped, of which ${firstSound - turnEnd} ms are not silence window.`,
  ],
  [
    sent,
    'All of it is sent',
    `After ${sent - firstSound} ms the whole answer is with the client, and most of it has yet to be heard.`,
  ],
  [interruption, 'You talk over it', 'The answer still sounds, and would for seconds.'],
  [
    silence,
    'Silence',
    `${silence - interruption} ms later: the client drops what it holds and tells how much it played. The rest is not remembered.`,
  ],
]

const german: readonly (readonly [number, string, string])[] = [
  [
    speechHeard,
    'Sprache wird gehört',
    `Nach ${speechHeard} ms ist die Erkennung sicher und sendet speech_started. Was davor gesagt wurde, geht nicht verloren.`,
  ],
  [speechEnd, 'Sie hören auf', 'Noch kann niemand wissen, ob es eine Pause ist. Das Stillefenster beginnt.'],
  [
    aheadFrom,
    'Im Voraus',
    `Nach ${aheadFrom - speechEnd} ms Stille beginnt die Erkennung mit dem, was bisher gesagt wurde. Sprechen Sie weiter, wird sie verworfen.`,
  ],
  [
    turnEnd,
    'Der Beitrag endet',
    `${turnEnd - speechEnd} ms nach Ihrem letzten Laut: 500 ms Stille und was die Erkennung braucht. speech_stopped wird gesendet.`,
  ],
  [words, 'Ihre Wörter', `Die Mitschrift lag bereit und folgt nach ${words - turnEnd} ms.`],
  [firstText, 'Die Antwort beginnt', `Ihr erster Satzteil folgt ${firstText - words} ms später.`],
  [
    firstSound,
    'Erster Ton',
    `Sie hören ihn ${firstSound - speechEnd} ms, nachdem Sie aufgehört haben; ${firstSound - turnEnd} ms davon sind nicht Stillefenster.`,
  ],
  [
    sent,
    'Alles ist gesendet',
    `Nach ${sent - firstSound} ms liegt die ganze Antwort beim Client, und das meiste ist noch nicht gehört.`,
  ],
  [interruption, 'Sie reden hinein', 'Die Antwort klingt noch und klänge noch Sekunden lang.'],
  [
    silence,
    'Stille',
    `${silence - interruption} ms später: der Client verwirft, was er hat, und meldet, wie viel er gespielt hat. Der Rest wird nicht behalten.`,
  ],
]
