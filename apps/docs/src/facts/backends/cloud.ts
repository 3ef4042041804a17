import { judged, notMeasured, type BackendFacts } from '../backend-facts.ts'

const semanticTurns = {
  en: '500 ms of silence end a turn by default; semantic turn detection waits 2, 4 or 8 s at most',
  de: '500 ms Stille beenden einen Beitrag, wenn nichts anderes gesagt ist; semantische Erkennung wartet höchstens 2, 4 oder 8 s',
  source: 'https://developers.openai.com/api/docs/guides/realtime-vad',
  confidence: 'documented',
} as const

/** Backends of OpenAI and Google. */
export const cloudBackends: Readonly<Record<string, BackendFacts>> = {
  openai: {
    place: 'internet',
    ownModel: 'no',
    memoryInside: false,
    setUpSteps: 1,
    intelligence: judged(
      'A speech-to-speech model that hears tone; the effort of its reasoning can be set',
      'Ein Modell von Sprache zu Sprache, das den Tonfall hört; wie viel es nachdenkt, ist einstellbar',
    ),
    latency: notMeasured(semanticTurns),
    useCases: judged(
      'Assistants that call functions and use MCP, everything that follows OpenAI’s documentation',
      'Assistenten mit Funktionen und MCP, alles, was der Dokumentation von OpenAI folgt',
    ),
    about: {
      en: 'OpenAI’s speech-to-speech models over the Realtime API. Its GA events are what Parley speaks inside, so nothing is translated.',
      de: 'Die Modelle von OpenAI von Sprache zu Sprache über die Realtime-API. Ihre GA-Ereignisse spricht Parley selbst, es wird also nichts übersetzt.',
    },
    commands: 'PARLEY_OPENAI_KEY=... npm start',
    differs: [
      {
        en: 'Everything that GA has, it does by itself: MCP, images, stored prompts, tracing.',
        de: 'Alles, was GA hat, kann es selbst: MCP, Bilder, gespeicherte Prompts, Tracing.',
      },
      {
        en: 'The voice is fixed once it has spoken.',
        de: 'Die Stimme steht fest, sobald sie gesprochen hat.',
      },
    ],
    limits: [
      {
        en: 'Its sessions end after 60 minutes. Parley opens the next one before that, between two turns, and tells it what was said, as text.',
        de: 'Seine Sitzungen enden nach 60 Minuten. Parley öffnet vorher, zwischen zwei Beiträgen, die nächste und teilt ihr als Text mit, was gesagt wurde.',
      },
      {
        en: 'Each answer is charged for the whole conversation so far, most of it at the cached price.',
        de: 'Jede Antwort kostet das ganze bisherige Gespräch, das meiste davon zum Preis des Zwischenspeichers.',
      },
      {
        en: 'Sound that the assistant spoke in an earlier session comes back as text.',
        de: 'Was der Assistent in einer früheren Sitzung sprach, kommt als Text zurück.',
      },
    ],
  },
  'gemini-live': {
    place: 'internet',
    ownModel: 'no',
    memoryInside: false,
    setUpSteps: 1,
    intelligence: judged(
      'A speech-to-speech model that hears tone and sees pictures',
      'Ein Modell von Sprache zu Sprache, das den Tonfall hört und Bilder sieht',
    ),
    latency: notMeasured({
      en: 'Third parties report below one second',
      de: 'Dritte berichten von unter einer Sekunde',
      source: 'https://ai.google.dev/gemini-api/docs/live-guide and reports of others',
      confidence: 'third-party',
    }),
    useCases: judged(
      'Long conversations at a low price, a camera beside the microphone',
      'Lange Gespräche zu kleinem Preis, eine Kamera neben dem Mikrofon',
    ),
    about: {
      en: 'Google’s speech-to-speech models over the Live API. Its wire is of another shape altogether; clients notice nothing of it.',
      de: 'Die Modelle von Google von Sprache zu Sprache über die Live-API. Ihre Leitung ist ganz anders gebaut; Clients merken davon nichts.',
    },
    commands: 'PARLEY_GEMINI_KEY=... npm start',
    differs: [
      {
        en: 'Written answers are the transcript of spoken ones.',
        de: 'Geschriebene Antworten sind das Transkript gesprochener.',
      },
      {
        en: 'A session has no end, as the service compresses what is old. Its connections last ten minutes; Parley resumes them, and the service still knows everything.',
        de: 'Eine Sitzung hat kein Ende, denn der Dienst verdichtet, was alt ist. Ihre Verbindungen dauern zehn Minuten; Parley setzt sie fort, und der Dienst weiß noch alles.',
      },
      {
        en: 'Settings open a new connection behind the same session.',
        de: 'Andere Einstellungen öffnen hinter derselben Sitzung eine neue Verbindung.',
      },
    ],
    limits: [
      {
        en: 'It cannot forget: what was not heard stays in its memory and is only marked in Parley’s.',
        de: 'Vergessen kann es nicht: was nicht gehört wurde, bleibt in seinem Gedächtnis und ist nur in dem von Parley vermerkt.',
      },
      {
        en: 'No answers beside the conversation, no instructions for one answer.',
        de: 'Keine Antworten neben dem Gespräch, keine Anweisungen für eine einzelne Antwort.',
      },
      {
        en: 'The prices come from resellers; the official page was not available to us.',
        de: 'Die Preise stammen von Wiederverkäufern; die offizielle Seite lag uns nicht vor.',
      },
    ],
  },
}
