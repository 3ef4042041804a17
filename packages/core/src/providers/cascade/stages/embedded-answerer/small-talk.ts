import { passages } from './passages.ts'
import type { Question } from './question.ts'
import type { AnswerLanguage } from './spelling.ts'

interface Exchange {
  readonly heard: Readonly<Record<AnswerLanguage, RegExp>>
  readonly answers: Readonly<Record<AnswerLanguage, (question: Question) => string>>
}

const passageText = (id: string, language: AnswerLanguage): string =>
  passages[language].find((passage) => passage.id === id)?.text ?? ''

const addressee = '(?: (?:there|you|parley|assistant|everybody|all|du|dir|alle|zusammen|\\p{Lu}\\p{L}+))*'

const exchanges: readonly Exchange[] = [
  {
    heard: {
      en: new RegExp(
        `^(?:oh )?(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|greetings)${addressee}$`,
        'iu',
      ),
      de: new RegExp(
        `^(?:hallo|hi|hey|guten (?:morgen|tag|abend)|servus|moin|grüß (?:dich|gott))${addressee}$`,
        'iu',
      ),
    },
    answers: { en: greeting, de: greeting },
  },
  {
    heard: {
      en: /^(?:(?:okay|ok|great|oh|and|well) )*(?:thanks|thank you)(?: .*)?$/iu,
      de: /^(?:(?:okay|ok|gut|oh|super) )*(?:danke|vielen dank|besten dank)(?: .*)?$/iu,
    },
    answers: { en: () => 'You are welcome.', de: () => 'Gern geschehen.' },
  },
  {
    heard: {
      en: /^(?:(?:okay|ok|well|thanks|and) )*(?:bye|goodbye|good ?bye|bye bye|see you|good night)(?: .{0,20})?$/iu,
      de: /^(?:(?:okay|ok|gut|danke|na dann) )*(?:tschüss|tschüs|auf wiedersehen|auf wiederhören|bis (?:bald|später|dann)|gute nacht|ciao)(?: .{0,20})?$/iu,
    },
    answers: {
      en: () => 'Goodbye. Our conversation is kept, so you can go on later.',
      de: () => 'Auf Wiederhören. Unser Gespräch bleibt aufbewahrt, du kannst es später fortsetzen.',
    },
  },
  {
    heard: { en: /^(?:\w+ )?how are you(?: .{0,20})?$/iu, de: /\bwie geht es (?:dir|ihnen)\b/iu },
    answers: {
      en: () => 'I am a program, so always the same, but thank you for asking. What would you like to know?',
      de: () => 'Ich bin ein Programm, also immer gleich, aber danke der Nachfrage. Was möchtest du wissen?',
    },
  },
  {
    heard: {
      en: /^(?:(?:and|so|please|tell me) )*(?:who|what) are you$|\bwhat is your name\b|\bwho am i (?:talking|speaking) (?:to|with)\b|\bare you (?:a |an )?(?:real )?(?:ai|robot|human|person|chatgpt|gpt|language model|llm)\b/iu,
      de: /^(?:(?:und|also|sag mir) )*(?:wer|was) bist du$|\bwie heißt du\b|\bwas ist dein name\b|\bmit wem (?:spreche|rede) ich\b|\bbist du (?:eine? )?(?:echte[rs]? )?(?:ki|roboter|mensch|chatgpt|gpt|sprachmodell)\b/iu,
    },
    answers: { en: introduction, de: introduction },
  },
  {
    heard: {
      en: /^(?:(?:and|so|please) )*(?:what (?:else )?can you do|what can i (?:ask|say)|how can you help|can you help|help)(?: .{0,15})?$/iu,
      de: /^(?:(?:und|also|bitte) )*(?:was kannst du|was kann ich (?:dich )?(?:fragen|sagen)|wie kannst du mir helfen|kannst du mir helfen|hilfe)(?: .{0,15})?$/iu,
    },
    answers: {
      en: () => passageText('answerer.abilities', 'en'),
      de: () => passageText('answerer.abilities', 'de'),
    },
  },
  {
    heard: {
      en: /^(?:(?:hello|hi|hey) )?(?:can|do) you hear me(?: .{0,10})?$|^(?:this is a )?test(?:ing)?(?: .{0,20})?$/iu,
      de: /^(?:(?:hallo|hi) )?(?:kannst du mich hören|hörst du mich)(?: .{0,10})?$|^(?:das ist ein )?test(?: .{0,20})?$/iu,
    },
    answers: { en: () => 'Yes, I hear you.', de: () => 'Ja, ich höre dich.' },
  },
  {
    heard: {
      en: /^(?:stop|wait|be quiet|quiet|enough|never ?mind|okay|ok|yes|no|yeah|all right|alright|i see|right|sorry)(?: (?:please|stop|it|now|sorry))*$/iu,
      de: /^(?:stopp|stop|halt|warte|ruhe|sei still|genug|egal|okay|ok|ja|nein|gut|alles klar|verstehe|entschuldigung)(?: (?:bitte|mal|jetzt|stopp))*$/iu,
    },
    answers: { en: () => 'All right.', de: () => 'In Ordnung.' },
  },
]

/** Greetings, thanks, who is speaking and what it can do. */
export function smallTalk(question: Question): string | undefined {
  const { language, plain } = question
  return exchanges.find(({ heard }) => heard[language].test(plain))?.answers[language](question)
}

/** What is said when the user has said nothing. */
export function greeting({ language, persona }: Question): string {
  if (language === 'de') {
    return `Hallo, ich bin ${persona === undefined ? '' : `${persona}, `}der eingebaute Antwortgeber von Parley. Was möchtest du wissen?`
  }
  return `Hello, I am ${persona === undefined ? '' : `${persona}, `}the embedded answerer of Parley. What would you like to know?`
}

function introduction({ language, persona }: Question): string {
  const name =
    persona === undefined ? '' : language === 'de' ? `Nenne mich ${persona}. ` : `Call me ${persona}. `
  return name + passageText('answerer.what', language)
}
