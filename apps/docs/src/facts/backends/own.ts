import { judged, notMeasured, type BackendFacts } from '../backend-facts.ts'

/** Backends that run where you say. */
export const ownBackends: Readonly<Record<string, BackendFacts>> = {
  local: {
    place: 'this-machine',
    ownModel: 'possible',
    hasAnswererOnly: true,
    moreVoices: { en: ', and those of the operating system', de: ' und die des Betriebssystems' },
    memoryInside: false,
    setUpSteps: 0,
    intelligence: {
      words: {
        en: 'An embedded answerer, which is not a language model; or any model behind a chat endpoint of yours',
        de: 'Ein eingebauter Antworter, der kein Sprachmodell ist; oder jedes Modell hinter Ihrer Chat-Adresse',
      },
      evidence: { source: 'README, “What you are talking to”', date: '2026-11-23', confidence: 'measured' },
    },
    latency: {
      words: {
        en: '400 ms median, 510 ms p95 from the end of speech to the first sound (embedded answerer, two virtual cores, 22 utterances)',
        de: '400 ms im Median, 510 ms p95 vom Ende des Sprechens bis zum ersten Ton (eingebauter Antworter, zwei virtuelle Kerne, 22 Äußerungen)',
      },
      evidence: { source: 'pnpm bench, figures of the README', date: '2026-11-23', confidence: 'measured' },
    },
    useCases: judged(
      'Trying things out, tests, privacy, work without a network',
      'Ausprobieren, Tests, Vertrauliches, Arbeit ohne Netz',
    ),
    about: {
      en: 'Voice activity (Silero), recognition (Moonshine, or Whisper for further languages), a language model and a voice (Flite, Pico or the operating system), all on your machine. It is what Parley starts with.',
      de: 'Spracherkennung (Moonshine, für weitere Sprachen Whisper), ein Sprachmodell und eine Stimme (Flite, Pico oder das Betriebssystem), dazu Silero für das Ende eines Beitrags: alles auf Ihrem Rechner. Damit beginnt Parley.',
    },
    commands: `npm start

# with a language model of yours
PARLEY_LLM_URL=http://127.0.0.1:11434/v1 PARLEY_LLM_MODEL=llama3.2 npm start`,
    differs: [
      {
        en: 'No key, no account and no network after the installation.',
        de: 'Kein Schlüssel, kein Konto und nach der Installation kein Netz.',
      },
      {
        en: 'Its three stages are apart: the playground shows what each took of the wait.',
        de: 'Seine drei Stufen sind getrennt: der Playground zeigt, was jede vom Warten verbraucht.',
      },
      {
        en: 'The voice may change in the middle of a conversation.',
        de: 'Die Stimme darf mitten im Gespräch wechseln.',
      },
    ],
    limits: [
      {
        en: 'Without PARLEY_LLM_URL the answers come from the embedded answerer: it repeats, remembers, counts and tells about Parley, and is not a language model.',
        de: 'Ohne PARLEY_LLM_URL antwortet der eingebaute Antworter: er wiederholt, merkt sich, rechnet und erzählt von Parley und ist kein Sprachmodell.',
      },
      {
        en: 'German needs two downloads (78 MB to understand, 1 MB to speak). Understanding was tested with small stand-in models, not yet with the real weights.',
        de: 'Deutsch braucht zwei Downloads (78 MB zum Verstehen, 1 MB zum Sprechen). Das Verstehen wurde mit kleinen Ersatzmodellen geprüft, noch nicht mit den echten Gewichten.',
      },
      {
        en: 'It hears words, not tone: a recogniser stands between the voice and the model.',
        de: 'Es hört Wörter, keinen Tonfall: zwischen Stimme und Modell steht ein Erkenner.',
      },
    ],
  },
  'openai-compatible': {
    place: 'your-server',
    ownModel: 'needed',
    memoryInside: false,
    setUpSteps: 2,
    intelligence: judged('That of the server’s model', 'Die des Modells auf dem Server'),
    latency: notMeasured({
      en: 'Depends on the server',
      de: 'Hängt vom Server ab',
      source: 'No document: servers differ',
      confidence: 'assumed',
    }),
    useCases: judged(
      'A realtime server that you run yourself, a proxy, a vendor without a backend of its own here',
      'Ein selbst betriebener Realtime-Server, ein Proxy, ein Anbieter ohne eigenes Backend hier',
    ),
    about: {
      en: 'Any server that speaks the events of OpenAI Realtime, GA or beta: speech-to-speech servers, proxies, another Parley. Up to nine of them, each with a name of its own.',
      de: 'Jeder Server, der die Ereignisse von OpenAI Realtime spricht, GA oder Beta: Sprach-Server, Proxys, ein anderes Parley. Bis zu neun davon, jeder mit eigenem Namen.',
    },
    commands: `PARLEY_COMPATIBLE_URL=ws://127.0.0.1:8080/v1/realtime npm start

# a second one, under its own name
PARLEY_COMPATIBLE_URL=ws://127.0.0.1:8080/v1/realtime \\
PARLEY_COMPATIBLE_2_URL=ws://127.0.0.1:9090/v1/realtime PARLEY_COMPATIBLE_2_NAME=lab \\
npm start`,
    differs: [
      {
        en: 'Parley assumes only what such servers have in common; the rest is supplied or refused.',
        de: 'Parley setzt nur voraus, was solche Server gemeinsam haben; der Rest wird ergänzt oder abgelehnt.',
      },
      {
        en: 'parley conformance says what a server of yours really keeps to.',
        de: 'parley conformance sagt, woran sich Ihr Server wirklich hält.',
      },
    ],
    limits: [
      {
        en: 'Languages, voices, the longest session and the price are known to the server alone.',
        de: 'Sprachen, Stimmen, Höchstdauer und Preis kennt nur der Server.',
      },
      {
        en: 'What was not heard is kept apart by Parley only: the server is not told.',
        de: 'Was nicht gehört wurde, hält nur Parley auseinander: dem Server wird es nicht gesagt.',
      },
    ],
  },
  cascade: {
    place: 'your-server',
    ownModel: 'possible',
    hasAnswererOnly: true,
    memoryInside: false,
    setUpSteps: 2,
    intelligence: judged(
      'That of the chat model behind PARLEY_LLM_URL, else the embedded answerer',
      'Die des Chat-Modells hinter PARLEY_LLM_URL, sonst der eingebaute Antworter',
    ),
    latency: notMeasured({
      en: 'Third parties give 800 to 1500 ms for three separate services',
      de: 'Dritte nennen 800 bis 1500 ms für drei getrennte Dienste',
      source: 'A public note of 2026-05 on pricing and latency of Voice Live',
      confidence: 'third-party',
    }),
    useCases: judged(
      'Speech services you already run or pay for, a custom voice, a special recogniser',
      'Sprachdienste, die Sie schon haben, eine eigene Stimme, ein besonderer Erkenner',
    ),
    about: {
      en: 'The local pipeline with services of yours in its places: a recogniser, a chat model and a voice, each behind an address with OpenAI’s speech resources, or Azure Speech.',
      de: 'Die lokale Kette mit Ihren Diensten an ihren Stellen: Erkenner, Chat-Modell und Stimme, jeweils hinter einer Adresse mit den Sprach-Ressourcen von OpenAI, oder Azure Speech.',
    },
    commands: `PARLEY_STT_URL=http://127.0.0.1:8000/v1 PARLEY_TTS_URL=http://127.0.0.1:8880/v1 \\
PARLEY_LLM_URL=http://127.0.0.1:11434/v1 PARLEY_LLM_MODEL=llama3.2 \\
npm start

# or Azure Speech for both
PARLEY_AZURE_SPEECH_KEY=... PARLEY_AZURE_SPEECH_REGION=westeurope npm start`,
    differs: [
      { en: 'Each of the three parts is your choice.', de: 'Jeder der drei Teile ist Ihre Wahl.' },
      {
        en: 'What is not set up is taken from the local backend.',
        de: 'Was nicht eingerichtet ist, kommt vom lokalen Backend.',
      },
    ],
    limits: [
      {
        en: 'Three services one after the other: each adds to the wait.',
        de: 'Drei Dienste nacheinander: jeder verlängert das Warten.',
      },
      {
        en: 'The column of languages and voices is that of Azure Speech; with other services it is theirs.',
        de: 'Sprachen und Stimmen sind hier die von Azure Speech; mit anderen Diensten sind es deren.',
      },
    ],
  },
  replay: {
    place: 'this-machine',
    ownModel: 'no',
    memoryInside: false,
    setUpSteps: 1,
    intelligence: judged('None: it says again what was said', 'Keine: es sagt noch einmal, was gesagt wurde'),
    latency: judged('That of the recording, or faster', 'Die der Aufnahme, oder schneller'),
    useCases: judged(
      'A bad call as a test, a comparison against yesterday, demonstrations without a key',
      'Ein missratenes Gespräch als Test, ein Vergleich mit gestern, Vorführungen ohne Schlüssel',
    ),
    about: {
      en: 'A recorded session (a cassette) served as a backend: its model is the recording, and what the recorded backend sent comes again in its own time or faster.',
      de: 'Eine aufgenommene Sitzung (eine Kassette) als Backend: ihr Modell ist die Aufnahme, und was das aufgenommene Backend sandte, kommt noch einmal, in seinem Takt oder schneller.',
    },
    commands: `npm start

# records every session, not only those that ask for it
PARLEY_RECORD=always npm start`,
    differs: [
      {
        en: 'It needs no network, and it always answers the same.',
        de: 'Es braucht kein Netz und antwortet immer gleich.',
      },
    ],
    limits: [
      {
        en: 'It does not listen: whoever says something else still hears the recording.',
        de: 'Es hört nicht zu: wer etwas anderes sagt, hört trotzdem die Aufnahme.',
      },
    ],
  },
  duet: {
    place: 'internet',
    ownModel: 'possible',
    memoryInside: false,
    setUpSteps: 3,
    intelligence: judged('That of the backend that thinks', 'Die des Backends, das denkt'),
    latency: notMeasured({
      en: 'The voice begins with the first sentence of the mind',
      de: 'Die Stimme beginnt mit dem ersten Satz des Verstandes',
      source: 'The tests of the duet',
      confidence: 'measured',
    }),
    useCases: judged(
      'One vendor’s model with another’s voice',
      'Das Modell des einen Anbieters mit der Stimme des anderen',
    ),
    about: {
      en: 'Two backends as one: a mind that hears and answers in text, and a voice that speaks it sentence by sentence. The facts on this page are those of OpenAI Realtime spoken by Voice Live; another pair has others.',
      de: 'Zwei Backends als eines: ein Verstand, der hört und in Text antwortet, und eine Stimme, die es Satz für Satz spricht. Die Angaben auf dieser Seite gelten für OpenAI Realtime mit der Stimme von Voice Live; ein anderes Paar hat andere.',
    },
    commands: `PARLEY_OPENAI_KEY=... \\
PARLEY_VOICE_LIVE_ENDPOINT=https://your-resource.services.ai.azure.com PARLEY_VOICE_LIVE_KEY=... \\
PARLEY_DUET_MIND=openai PARLEY_DUET_VOICE=voice-live \\
npm start`,
    differs: [
      {
        en: 'What one backend lacks, the other may have: the record is made of both.',
        de: 'Was einem Backend fehlt, hat vielleicht das andere: das Verzeichnis entsteht aus beiden.',
      },
      {
        en: 'The mind is asked for text alone, so nobody pays for a second voice.',
        de: 'Vom Verstand wird nur Text verlangt, so bezahlt niemand eine zweite Stimme.',
      },
    ],
    limits: [
      {
        en: 'Two services can fail, and both are paid.',
        de: 'Zwei Dienste können ausfallen, und beide kosten.',
      },
      {
        en: 'Tone is lost between them: the voice reads what was written.',
        de: 'Der Tonfall geht dazwischen verloren: die Stimme liest, was geschrieben wurde.',
      },
    ],
  },
}
