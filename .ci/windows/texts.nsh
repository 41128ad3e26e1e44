# What the installer says beside what it says of itself, in the product's languages.

LangString TEXT_ABOUT ${LANG_ENGLISH} "Is this home office ready for call-centre work?"
LangString TEXT_ABOUT ${LANG_GERMAN} "Ist dieser Heimarbeitsplatz bereit für die Arbeit im Callcenter?"
LangString TEXT_ABOUT ${LANG_SPANISH} "¿Está esta oficina en casa lista para trabajar en un centro de llamadas?"

LangString TEXT_WELCOME ${LANG_ENGLISH} "Readiness measures whether this computer, its internet line and your headset are fit for call-centre work.$\r$\n$\r$\nIt is installed for you alone and needs no administrator's rights. Nothing starts by itself, and nothing leaves this computer without your yes.$\r$\n$\r$\n$_CLICK"
LangString TEXT_WELCOME ${LANG_GERMAN} "Readiness misst, ob dieser Computer, sein Internetanschluss und Ihr Headset für die Arbeit im Callcenter taugen.$\r$\n$\r$\nEs wird nur für Sie installiert und braucht keine Administratorrechte. Nichts startet von selbst, und nichts verlässt diesen Computer ohne Ihr Ja.$\r$\n$\r$\n$_CLICK"
LangString TEXT_WELCOME ${LANG_SPANISH} "Readiness mide si este ordenador, su conexión a internet y sus auriculares sirven para trabajar en un centro de llamadas.$\r$\n$\r$\nSe instala solo para usted y no necesita derechos de administrador. Nada se inicia por sí solo y nada sale de este ordenador sin su consentimiento.$\r$\n$\r$\n$_CLICK"

LangString TEXT_INVITATION ${LANG_ENGLISH} "Invitation to a home office check"
LangString TEXT_INVITATION ${LANG_GERMAN} "Einladung zur Prüfung des Heimarbeitsplatzes"
LangString TEXT_INVITATION ${LANG_SPANISH} "Invitación a comprobar la oficina en casa"

LangString TEXT_REPORT ${LANG_ENGLISH} "Report of a home office check"
LangString TEXT_REPORT ${LANG_GERMAN} "Bericht über die Prüfung des Heimarbeitsplatzes"
LangString TEXT_REPORT ${LANG_SPANISH} "Informe de la comprobación de la oficina en casa"

LangString TEXT_TWICE ${LANG_ENGLISH} "Readiness is being installed or removed already. Please wait until that has ended."
LangString TEXT_TWICE ${LANG_GERMAN} "Readiness wird gerade schon installiert oder entfernt. Bitte warten Sie, bis das beendet ist."
LangString TEXT_TWICE ${LANG_SPANISH} "Readiness ya se está instalando o quitando. Espere a que termine."

LangString TEXT_STILL_OPEN ${LANG_ENGLISH} "Readiness is still open. Please close its window, then try again."
LangString TEXT_STILL_OPEN ${LANG_GERMAN} "Readiness ist noch offen. Bitte schließen Sie das Fenster, und versuchen Sie es dann noch einmal."
LangString TEXT_STILL_OPEN ${LANG_SPANISH} "Readiness todavía está abierto. Cierre su ventana y vuelva a intentarlo."

LangString TEXT_NEWER ${LANG_ENGLISH} "Version $1 is installed, which is newer than ${VERSION}. Put the older one in its place? What you have saved stays as it is."
LangString TEXT_NEWER ${LANG_GERMAN} "Version $1 ist installiert; sie ist neuer als ${VERSION}. Soll die ältere an ihre Stelle? Was Sie gespeichert haben, bleibt, wie es ist."
LangString TEXT_NEWER ${LANG_SPANISH} "Está instalada la versión $1, más nueva que la ${VERSION}. ¿Poner la anterior en su lugar? Lo que ha guardado queda como está."

LangString TEXT_NOT_WRITABLE ${LANG_ENGLISH} "Nothing can be written into $INSTDIR. Please start again and choose another folder. Nothing was changed."
LangString TEXT_NOT_WRITABLE ${LANG_GERMAN} "In $INSTDIR kann nichts geschrieben werden. Bitte beginnen Sie noch einmal, und wählen Sie einen anderen Ordner. Es wurde nichts geändert."
LangString TEXT_NOT_WRITABLE ${LANG_SPANISH} "No se puede escribir en $INSTDIR. Empiece de nuevo y elija otra carpeta. No se ha cambiado nada."

LangString TEXT_NO_ROOM ${LANG_ENGLISH} "There is not enough room in $INSTDIR. Please make room, or choose another folder, and try again. Nothing was changed."
LangString TEXT_NO_ROOM ${LANG_GERMAN} "In $INSTDIR ist nicht genug Platz. Bitte schaffen Sie Platz, oder wählen Sie einen anderen Ordner, und versuchen Sie es noch einmal. Es wurde nichts geändert."
LangString TEXT_NO_ROOM ${LANG_SPANISH} "No hay bastante espacio en $INSTDIR. Libere espacio o elija otra carpeta y vuelva a intentarlo. No se ha cambiado nada."

LangString TEXT_KEEP ${LANG_ENGLISH} "Keep your earlier checks, accepted invitations and settings? They lie in $LOCALAPPDATA\Readiness and $APPDATA\Readiness. Reports that you saved elsewhere stay in any case."
LangString TEXT_KEEP ${LANG_GERMAN} "Frühere Prüfungen, angenommene Einladungen und Einstellungen behalten? Sie liegen in $LOCALAPPDATA\Readiness und $APPDATA\Readiness. Berichte, die Sie anderswo gespeichert haben, bleiben auf jeden Fall."
LangString TEXT_KEEP ${LANG_SPANISH} "¿Conservar las comprobaciones anteriores, las invitaciones aceptadas y los ajustes? Están en $LOCALAPPDATA\Readiness y $APPDATA\Readiness. Los informes que guardó en otro lugar quedan en todo caso."
