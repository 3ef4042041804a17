/**
 * What people say to a voice agent, in German, as a recogniser writes it: no punctuation. A bar is a pause inside
 * the turn, so that what stands before it is unfinished; the whole line is a finished turn. Many of the pauses
 * stand where the sentence could have ended.
 */
export const germanTurns = `
ich möchte gerne einen tisch für | vier personen reservieren
können sie mir sagen wann der nächste zug nach | hamburg fährt
mein name ist | thomas berger
ich rufe an weil | meine rechnung nicht stimmt
ja
nein danke
das klingt gut
wann machen sie zu
ich muss meinen termin von | montag auf mittwoch verschieben
können sie das bitte wiederholen
die bestellnummer ist | vier sieben eins neun zwei
meine telefonnummer ist null eins sieben | sechs drei | vier zwei neun acht
es hat gestern angefangen | nachdem ich das update installiert habe
ich glaube dass | wir das auf freitag verschieben sollten
das paket ist nie angekommen und | ich habe schon bezahlt
was kostet der große tarif
gibt es eine möglichkeit ohne | gebühr zu kündigen
ich bin nicht sicher ob | ich am donnerstag kann
lassen sie mich kurz | nachschauen
okay machen wir so
hm | ich nehme das zweite
was ist der unterschied zwischen | dem einfachen und dem großen konto
ich warte schon seit drei wochen
haben sie etwas günstigeres
schicken sie es bitte an | meine büroadresse
die adresse ist lindenstraße | zwölf
ich wollte wissen ob | die garantie noch gilt
sie hat mir gesagt dass | sie mir helfen können
mach das licht im | wohnzimmer an
stell einen wecker auf | sieben uhr
erinnere mich daran meine mutter | anzurufen
spiel etwas jazz
was steht heute in meinem kalender
wie setze ich | mein passwort zurück
ich habe mein passwort vergessen
es funktioniert nicht
da steht fehler | vier null vier
ich habe ihn neu gestartet aber | er verbindet sich nicht
der drucker macht ein | komisches geräusch
naja | das hängt vom preis ab
kann ich mit einem menschen sprechen
ich würde gerne mit dem | leiter sprechen
wir sind eine gruppe von | acht erwachsenen und drei kindern
ich suche ein | geschenk für meinen vater
er mag angeln und | alte filme
vielleicht etwas unter | fünfzig euro
das ist mir zu teuer
den blauen bitte
liefern sie auch in die | schweiz
wie lange dauert die lieferung
ich würde es lieber | selbst abholen
meine kundennummer ist | acht acht zwei | eins null fünf
sie endet auf | drei vier neun
sie erreichen mich unter | null drei null | fünf fünf fünf | neun neun eins
meine e-mail ist max | at beispiel punkt de
die reservierung läuft auf | petersen
für wie viele nächte
wir kommen am vierzehnten | juni an
wir bleiben bis | sonntag
ist das frühstück dabei
ich habe eine allergie gegen | nüsse
eigentlich | würden wir lieber draußen sitzen
entschuldigung ich meinte | nächsten dienstag
nein den nicht
ich glaube nicht
genau
auf jeden fall
eher nicht
ja gerne
der arzt hat gesagt ich soll | das zweimal am tag nehmen
es tut weh wenn ich | das knie beuge
seit wann haben sie | die beschwerden
seit etwa einer woche
ich hatte am montag fieber | aber das ist wieder weg
ich nehme | blutdrucktabletten
brauche ich eine überweisung
was soll ich zu dem | termin mitbringen
wer ist am apparat
hier ist michael aus | der buchhaltung
ich habe ihnen den bericht gestern | abend geschickt
haben sie schon zeit gehabt | ihn anzuschauen
die zahlen für das dritte quartal sind | niedriger als erwartet
wir haben zwei kunden verloren weil | die umstellung zu lange gedauert hat
die frist endet am | einunddreißigsten märz
können sie mir die nächsten schritte | erklären
ich schicke ihnen nach dem | gespräch eine zusammenfassung
sehen alle meinen bildschirm
kommen wir zum | budget
das hauptproblem ist dass | niemand zuständig ist
einerseits ist es billiger | andererseits dauert es länger
wenn wir jetzt anfangen | sind wir im dezember fertig
es sei denn | die anforderungen ändern sich
wann haben sie gesagt | läuft der vertrag aus
was halten sie von | dem neuen entwurf
es sieht gut aus aber | die schrift ist zu klein
das gefällt mir
erzähl mir einen witz
was ist die hauptstadt von | australien
wie weit ist es bis zur | nächsten tankstelle
bring mich zum flughafen
ohne | autobahn bitte
wie viele kalorien hat | eine avocado
übersetze guten morgen ins | japanische
wer hat | den zauberberg geschrieben
warum ist der himmel blau
erklär mir wie eine | wärmepumpe funktioniert
nenn mir drei ideen für | einen kindergeburtstag
fass den zweiten | absatz zusammen
lies mir die erste mail von | daniel vor
lösch die letzte | nachricht
schreib anna dass ich | zehn minuten später komme
mach das ein bisschen leiser
stopp
nächstes lied bitte
ich habe früher in | leipzig gewohnt
ich bin zweitausend | elf hergezogen
mein bruder wohnt in köln | und meine schwester in graz
am samstag waren wir am see | und am sonntag waren wir zu hause
ich bin siebenund | zwanzig jahre alt
das ist die die | mir letztes mal geholfen hat
es gab ein problem mit | meiner zahlung
die karte wurde | zweimal belastet
insgesamt waren es hundert | zweiundvierzig euro
ich habe es am dritten | mai gekauft
die seriennummer ist a b | sieben sieben | k neun
das ist ein laptop den ich | bei ihnen im laden gekauft habe
ich wollte fragen ob sie | meinen testzeitraum verlängern können
vielen dank
das war alles
auf wiederhören
schönen tag noch
ähm | ich suche die rechnungsabteilung
also im grunde | stürzt die app jedes mal ab
sie wissen schon | das ding mit den zwei griffen
wie gesagt | ich habe schon mit ihrem kollegen gesprochen
das war äh | im frühling glaube ich
zuerst habe ich die einstellungen geöffnet | dann habe ich auf netzwerk geklickt
um die einrichtung | abzuschließen brauche ich einen code
der code ist neun eins | drei drei | null zwei
mein geburtsdatum ist der zwölfte | märz neunzehnhundertvierundachtzig
um viertel nach | sechs
gegen mittag
zwischen zehn und | halb zwölf
entweder montag oder | dienstag passt mir
beide
keins von beiden
ich würde sagen | etwa ein drittel vom umsatz
die meisten unserer kunden sind | kleine firmen
wir verkaufen hauptsächlich | ersatzteile
könnten sie einen | moment warten
moment bitte
warten sie kurz
weil es geregnet hat
soweit ich weiß | ist der laden montags zu
ehrlich gesagt | hatte ich mehr erwartet
da kann ich ihnen leider | nicht helfen
soll ich später noch mal anrufen
welches empfehlen sie
wo hast du | das auto geparkt
das gespräch mit dem kunden aus | österreich lief gut
sie hat mich gebeten | das dokument weiterzuleiten
die haben dem preis | zugestimmt
wir warten | noch auf eine antwort
das wird bis mittag | fertig
ich kann | morgen vorbeikommen
er will nicht | darüber reden
das wäre | wirklich hilfreich
weißt du wo meine | schlüssel sind
das restaurant an der ecke | hauptstraße
ein freund von mir | arbeitet dort
meine lieblings | farbe ist grün
eine flasche | stilles wasser bitte
zwei große pizzen | und einen salat
mit extra käse
ohne | zwiebeln bitte
machen sie | drei daraus
zum hier essen
ich hätte gern | ein halbes pfund hackfleisch
ich muss noch schnell | zur apotheke
hast du gehört | dass sie umziehen
der vertrag den wir letztes jahr | unterschrieben haben läuft aus
können wir das | morgen besprechen
ich habe den techniker schon | dreimal angerufen
`
