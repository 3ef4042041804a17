/** What the embedded answerer knows, in German; the form is that of `knowledgeEn`, with the same passage ids. */
export const knowledgeDe = `
@parley.what was ist parley / was macht parley / erkläre dieses projekt / was ist das für eine software
Parley ist ein Zugang für alle Echtzeit-Sprachdienste, und es erinnert sich. Dein Programm spricht ein Protokoll, und Parley spricht mit dem Dienst, den du wählst.
@parley.why warum parley benutzen / wozu ist es gut / wofür brauche ich das / vorteile und nutzen gegenüber einem anbieter allein
Sprachdienste unterscheiden sich in Ereignissen, Tonformaten und Grenzen, und keiner erinnert sich an dich. Parley verbirgt die Unterschiede und bewahrt das Gespräch auf, so kannst du den Dienst wechseln, ohne dein Programm zu ändern.
@parley.start wie installiere ich parley / wie starte ich es / auf meinem rechner einrichten
Zwei Befehle genügen. Hole das Repository, rufe npm start auf und öffne die Adresse der Spielwiese, die dann erscheint.
@parley.playground was ist die spielwiese / playground webseite zum ausprobieren / ausprobieren / wo kann ich sprechen und das transkript sehen
Die Spielwiese ist eine Webseite zum Ausprobieren von Stimmen und Diensten. Sie zeigt das Gesagte beider Seiten, die Verzögerung jeder Antwort und alle Ereignisse.
@parley.license welche lizenz / ist es quelloffen open source / darf ich es kommerziell nutzen
Parley ist quelloffen und steht unter der MIT-Lizenz. Du darfst es benutzen, ändern und damit Geld verdienen.
@parley.built in welcher programmiersprache ist es geschrieben / typescript node technik quelltext
Parley ist in TypeScript geschrieben und läuft auf Node. Das Gateway benutzt Hono, die Webseiten benutzen Next.
@answerer.what was bist du / bist du ein sprachmodell / bist du eine ki wie chat gpt / bist du intelligent / mit wem spreche ich
Ich bin der eingebaute Antwortgeber. Ich bin kein Sprachmodell. Ich suche kurze Stellen in einem kleinen Text über Parley und kann auf unser Gespräch zurückblicken.
@answerer.abilities was kannst du / was kann ich dich fragen / hilfe / wie kannst du mir helfen
Du kannst mich nach Parley und nach Sprachdiensten fragen. Ich merke mir auch, was du in diesem Gespräch sagst, wiederhole, zähle, rechne ein wenig und sage die Uhrzeit.
@answerer.model wie verbinde ich ein echtes sprachmodell / eigenes llm benutzen / ollama vllm llama cpp foundry local / klügere antworten / llama anbinden und anschließen / modell einbauen
Setze PARLEY_LLM_URL auf einen Chat-Zugang, der zu OpenAI passt, zum Beispiel Ollama, und PARLEY_LLM_MODEL auf den Namen eines Modells. Dann starte Parley neu.
@answerer.how wie findest du deine antworten / wie funktionierst du innen ohne modell / woher kommt dein wissen
Ich vergleiche die Buchstaben deiner Frage mit den Stellen, die ich kenne, und spreche die ähnlichste. Ist keine ähnlich genug, dann sage ich das.
@backends.list welche backends gibt es / welche sprachdienste werden unterstützt / liste der anbieter / mit wem arbeitet parley zusammen
Parley ist für OpenAI Realtime, Azure OpenAI, Azure Voice Live, eigene Modelle in Voice Live und ein lokales Backend gemacht. Die Spielwiese zeigt, welche davon diese Fassung anbietet.
@backends.choose welches backend soll ich wählen / welcher dienst ist der beste für mich / empfehlung
Das kommt darauf an. OpenAI ist stark im natürlichen Gespräch, Voice Live hat die meisten Stimmen und Sprachen, und das lokale Backend behält alles auf deinem Rechner.
@backends.switch kann ich den dienst mitten im gespräch wechseln / zu einem anderen anbieter umziehen / verlauf behalten
Ja. Ein Gespräch gehört Parley und nicht dem Dienst. Beginne eine Sitzung mit einem anderen Backend und nenne dasselbe Gespräch, dann geht es dort weiter.
@backends.difference was ist der unterschied zwischen einem sprache zu sprache modell und einer kette / kaskade pipeline
Ein Sprach-zu-Sprach-Modell hört und spricht selbst und behält so den Tonfall. Eine Kette macht aus Sprache Text, fragt ein Sprachmodell und spricht dessen Text, so ist jedes Teil austauschbar.
@openai.what was ist openai realtime / erzähle von gpt realtime / sprachschnittstelle von open ai
OpenAI Realtime ist ein Sprachmodell hinter einer einzigen Verbindung. Es hört Ton und antwortet mit Ton, und es kann Funktionen aufrufen. Seine Ereignisse sind die gemeinsame Sprache in Parley.
@openai.voices welche stimmen hat openai / marin und cedar / alloy echo shimmer
OpenAI hat zehn eingebaute Stimmen. Marin und Cedar sind die neuesten und werden empfohlen.
@openai.limits wie lange dauert eine openai sitzung höchstens / sechzig minuten grenze / wann läuft ein anruf ab
Eine Sitzung bei OpenAI endet nach sechzig Minuten und lässt sich nicht fortsetzen. Darum bewahrt Parley das Gespräch selbst auf.
@openai.beta was wurde aus der beta / vorschau protokoll / alte ereignisse gehen nicht mehr
OpenAI hat das alte Beta-Protokoll im Mai zweitausendsechsundzwanzig abgeschaltet. Viele alte Programme sprechen es noch.
@azure.what was ist azure open ai / gpt realtime bei microsoft azure / openai modelle in meinem azure abonnement
Azure OpenAI betreibt dieselben Echtzeitmodelle in deiner eigenen Azure-Ressource. Die Ereignisse sind gleich, aber die Adresse nennt deine Bereitstellung statt eines Modells.
@azure.signin wie melde ich mich bei azure an / entra id oder api schlüssel / anmeldung und authentifizierung bei microsoft
Azure nimmt einen Schlüssel im Kopf der Anfrage oder ein Token von Microsoft Entra. Ein Bearer-Token bedeutet dort immer Entra.
@voicelive.what was ist voice live / azure voice live / sprachdienst von microsoft
Voice Live ist der fertige Sprachdienst von Microsoft. Er verbindet Spracherkennung, Modelle zur Auswahl, Azure-Stimmen, Rauschunterdrückung und Echounterdrückung in einer Verbindung.
@voicelive.models welche modelle bietet voice live / stufen pro standard lite
Voice Live teilt seine Modelle in drei Stufen, sie heißen Pro, Standard und Lite. Manche hören die Sprache direkt, die anderen arbeiten als Kette aus Erkennung, Modell und Stimme.
@voicelive.voices wie viele stimmen hat voice live / neuronale stimmen von azure / dragon hd / hunderte stimmen von microsoft
Voice Live spricht mit mehr als sechshundert Azure-Stimmen für etwa hundertfünfzig Sprachräume, einige davon in besonders hoher Qualität.
@voicelive.byom was ist bring your own model / b y o m / eigene bereitstellung mit voice live nutzen / eigenes modell mitbringen / selbst bereitgestelltes modell
Beim eigenen Modell übernimmt Voice Live das Hören und das Sprechen, und deine eigene Bereitstellung in Foundry denkt. Du wählst das mit einem Profil in der Adresse.
@voicelive.avatar gibt es einen avatar / sprechendes gesicht mit lippenbewegung / viseme
Voice Live kann einen sprechenden Avatar zeigen und Wortzeiten und Lippenformen senden. Die anderen Dienste können das nicht, außer Gemini in manchen Fassungen.
@gemini.what was ist gemini live / sprachmodell von google
Gemini Live ist das Echtzeit-Sprachmodell von Google. Es hat ein eigenes Protokoll, hört mit sechzehn Kilohertz und spricht mit vierundzwanzig.
@gemini.limits wie lange hält eine verbindung zu gemini / google sitzung fortsetzen
Eine Verbindung zu Gemini hält meist etwa zehn Minuten. Der Dienst kündigt das Ende an und gibt einen Griff, mit dem die Sitzung weitergeht.
@local.what was ist das lokale backend / geht es ohne cloud / ohne internet auf dem eigenen rechner
Das lokale Backend läuft auf deinem Rechner. Es erkennt deine Stimme, versteht die Wörter, sucht eine Antwort und spricht sie, ohne Schlüssel und ohne Konto.
@local.engines welche programme nutzt das lokale backend / silero moonshine flite / was steckt unter der haube
Lokal erkennt Silero, ob jemand spricht, Moonshine versteht Englisch, und Flite spricht. Alle drei kommen mit der Installation.
@local.quality warum klingt die lokale stimme wie ein roboter / bessere lokale stimme / größere programme whisper kokoro
Die eingebaute Stimme ist klein und schnell, darum klingt sie etwas mechanisch. Größere Programme kannst du in den Einstellungen wählen, sie werden beim ersten Mal geladen.
@local.german sprichst du deutsch / kann ich eine andere sprache sprechen / funktioniert deutsch
Deutsch geht nach einmaligem Herunterladen, für die Erkennung und für die Stimme. Englisch geht sofort. Getipptes Deutsch braucht gar nichts.
@turns.vad was ist sprechpausenerkennung / sprachaktivität / woher weißt du dass ich spreche / merken und erkennen wenn gesprochen wird / vad / woran erkennst du stimme und stille
Die Sprachaktivitätserkennung sagt für jedes kurze Stück Ton, wie wahrscheinlich darin gesprochen wird. Daraus bestimmt Parley, wann du anfängst und wann du fertig bist.
@turns.semantic was ist semantische erkennung / wie wird das ende eines satzes verstanden
Die semantische Erkennung achtet auch auf den Sinn, so beendet eine Denkpause deinen Beitrag nicht. Die einfache Art misst nur die Stille.
@turns.silence du unterbrichst mich zu früh / ich werde abgeschnitten und bin noch nicht fertig / wie lange muss die pause sein / stille dauer ändern
Dein Beitrag endet nach kurzer Stille, oft nach einer halben Sekunde. Wirst du abgeschnitten, dann verlängere die Stilledauer. Kommt die Antwort zu spät, dann verkürze sie.
@turns.pushtotalk was ist push to talk / taste beim sprechen gedrückt halten / automatik ausschalten
Beim Sprechen auf Knopfdruck hältst du eine Taste, solange du sprichst, und lässt sie für die Antwort los. Das hilft in lauten Räumen, die automatische Erkennung ist dann aus.
@turns.bargein kann ich dich unterbrechen / dazwischenreden ins wort fallen / hörst du auf wenn ich rede
Ja, sprich einfach los. Parley stoppt den Ton, bricht die Antwort ab und merkt sich nur den Teil, den du gehört hast.
@turns.truncation was passiert mit dem rest einer unterbrochenen antwort / nicht gehörter text wird abgeschnitten
Was du nicht gehört hast, wird aus dem Gespräch entfernt. So bezieht sich die nächste Antwort nicht auf Worte, die nie erklungen sind.
@latency.what wie schnell kommt die antwort / wie groß ist die verzögerung / latenz antwortzeit
Latenz ist die Zeit vom Ende deiner Worte bis zum ersten Ton der Antwort. Die Spielwiese zeigt sie bei jedem Beitrag, mit dem Anteil jedes Schritts.
@latency.reduce wie wird es schneller / verzögerung verringern / kleinere latenz / warum ist es langsam / dauert zu lange bis zur antwort / lange wartezeit
Nimm ein kürzeres Stillefenster, einen Dienst in deiner Nähe und ein kleines Sprachmodell. Parley spricht den ersten Teilsatz schon, während der Rest noch entsteht.
@transport.websocket was ist ein websocket / wie verbindet sich mein server / ton über web socket senden
Ein WebSocket trägt Ereignisse und Ton als Text in beide Richtungen. Zwischen Servern ist er die einfache Wahl, aber verlorene Pakete halten alles Folgende auf.
@transport.webrtc was ist web r t c / webrtc oder websocket im browser / medien über udp / verbindung aus dem browser
WebRTC ist für Ton im Browser gemacht. Es überträgt Opus über UDP, verträgt verlorene Pakete und bringt Echounterdrückung mit, so bleibt die Verzögerung klein.
@transport.phone kann ich es am telefon nutzen / anrufe mit sip / callcenter telefonie
Anrufe kommen über SIP oder einen Telefoniedienst, als schmalbandiger Ton mit achttausend Werten je Sekunde. OpenAI nimmt SIP direkt an, Voice Live braucht eine Brücke.
@audio.formats welche tonformate werden angenommen / abtastrate pcm g siebenhundertelf audioformat
Üblich ist PCM mit sechzehn Bit, einem Kanal und vierundzwanzig Kilohertz. Für Telefonleitungen gibt es G siebenhundertelf mit acht Kilohertz.
@audio.echo warum hört es sich selbst / echo vom lautsprecher / kopfhörer / hörst du deine eigene stimme
Ohne Echounterdrückung hört das Mikrofon den Lautsprecher, und der Assistent unterbricht sich selbst. Kopfhörer helfen, ebenso die Echounterdrückung des Browsers.
@audio.noise störgeräusche im raum / rauschunterdrückung lärm / es ist laut hier / straßenlärm und verkehr / hintergrundgeräusche
Rauschunterdrückung reinigt den Ton, bevor Sprache gesucht wird. OpenAI kennt nahe und ferne Mikrofone, Voice Live hat eine besonders starke Unterdrückung.
@tools.functions was sind werkzeuge / funktionsaufrufe tools / kann der assistent meinen code aufrufen oder etwas nachschlagen
Ein Werkzeug ist eine Funktion, die dein Programm anbietet. Das Modell bittet um einen Aufruf mit Angaben, dein Programm führt ihn aus und schickt das Ergebnis zurück, dann geht die Antwort weiter.
@tools.mcp was ist m c p / model context protocol server
MCP, das Model Context Protocol, lässt einen Sprachdienst Werkzeuge auf einem anderen Server direkt benutzen. Du nennst den Server einmal und kannst vor jedem Aufruf gefragt werden.
@memory.what merkt ihr euch gespräche / wie funktioniert das gedächtnis / was wird von unserem gespräch gespeichert / weißt du nächstes mal noch worüber wir geredet haben / kannst du dich später erinnern
Parley bewahrt jedes Gespräch unter einer Kennung auf, Nachricht für Nachricht. Eine spätere Sitzung, die diese Kennung nennt, setzt es fort, auf jedem Backend.
@memory.storage wo liegen die daten / welche datenbank sqlite postgres
Gespräche liegen in SQLite, in einer Datei auf dem Rechner des Gateways. Was bestätigt wurde, geht auch bei einem Absturz nicht verloren.
@memory.delete mein gespräch löschen / daten entfernen / exportieren
Du kannst Gespräche über das Gateway auflisten, lesen, ausgeben und löschen. Gelöscht heißt wirklich entfernt.
@security.keys wie füge ich einen api schlüssel hinzu / wohin mit dem schlüssel / ist mein key sicher
Schlüssel gehören in die Umgebung des Gateways, nie in eine Webseite. Die Liesmich-Datei nennt die Variable für jedes Backend. Clients benutzen stattdessen einen Schlüssel des Gateways.
@security.privacy ist es privat / wer kann mich hören / verlässt meine stimme diesen rechner / wird meine sprache an firmen gesendet / datenschutz / bleibt die aufnahme auf dem computer / wird mitgehört oder aufgezeichnet / wird etwas geschickt
Mit dem lokalen Backend bleibt deine Stimme auf diesem Rechner. Mit einem Dienst in der Cloud geht der Ton an dessen Anbieter, nach dessen Regeln.
@security.access wer darf sich mit dem gateway verbinden / offen im netz / server absichern
Das Gateway hört nur auf diesem Rechner, solange du keinen Schlüssel setzt. Ohne Schlüssel weigert es sich, ins Netz zu gehen.
@cost.compare was kostet es / wie teuer sind die dienste / preis pro minute
Dienste in der Cloud rechnen nach Ton-Tokens ab, und die Ausgabe kostet etwa doppelt so viel wie die Eingabe. Kleine Modelle kosten ein Drittel oder weniger. Preise ändern sich oft, sieh lieber nach.
@cost.local ist das lokale backend kostenlos / muss ich für parley bezahlen
Parley ist kostenlos, das lokale Backend auch. Du bezahlst nur die Anbieter, deren Dienste du wählst.
@speech.recognition wie funktioniert die spracherkennung / sprache zu text / warum hast du mich falsch verstanden / falsche wörter im transkript / wie gut erkennst und verstehst du namen
Die Spracherkennung macht aus deinen Worten Text. Namen und sehr kurze Äußerungen sind am schwersten. Ein gutes Mikrofon und ganze Sätze helfen.
@speech.synthesis wie funktioniert die stimme / text zu sprache / kann ich deine stimme oder das tempo ändern / sprich langsamer oder schneller / langsamer sprechen
Die Sprachausgabe macht aus der Antwort Ton, Teilsatz für Teilsatz, damit du den Anfang früh hörst. Stimme und Tempo wählst du vor der ersten Antwort.
@clients.sdk welche bibliotheken kann ich benutzen / offizielles open ai sdk / mein programm anbinden / javascript bibliothek
Benutze die offiziellen Bibliotheken von OpenAI, unverändert. Gib ihnen die Adresse des Gateways als Basisadresse, dann funktionieren sie.
@clients.protocol welches protokoll sprecht ihr / realtime ereignisse ga / nachrichtenformat
Programme sprechen die Ereignisse der Realtime-Schnittstelle von OpenAI, als JSON-Text über einen WebSocket. Unbekannte Felder bleiben erhalten.
@clients.compare wie vergleiche ich zwei dienste / mehrere backends nebeneinander testen / dienste miteinander vergleichen
Stelle dieselbe Frage auf verschiedenen Backends in der Spielwiese und vergleiche Verzögerung, Stimmen und Text.
`
