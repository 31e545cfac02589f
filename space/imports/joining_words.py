"""Labels of meeting ids, passcodes and telephone numbers in invitations.

Zoom, Google Meet, Teams, Webex, Jitsi and BigBlueButton write invitations in the
sender's language. Each language is a line or more.
"""

# ruff: noqa: RUF001 - words of many scripts
LABELS = (
    # English
    *("meeting id", "webinar id", "conference id", "video conference id", "video id"),
    *("phone conference id", "telephone conference id", "conference pin"),
    *("meeting password", "meeting passcode", "meeting pin", "webinar passcode"),
    *("meeting number", "webinar number", "event number", "room id", "session id"),
    *("passcode", "pass code", "password", "access code", "access number", "pin code"),
    *("pin number", "pin", "meeting key", "host key", "host pin", "numeric password"),
    *("participant id", "participant code", "attendee id", "security code"),
    *("conference code", "dial-in code", "entry code", "tenant key", "guest code"),
    # German
    *("meeting-id", "webinar-id", "besprechungs-id", "konferenz-id", "sitzungs-id"),
    *("telefonkonferenz-id", "videokonferenz-id", "kenncode", "kennwort", "passwort"),
    *("zugangscode", "zugriffscode", "zutrittscode", "zugangsnummer", "teilnehmercode"),
    *("einwahlcode", "einwahl-pin", "pin-code", "meeting-kennnummer", "raum-id"),
    *("meeting-passwort", "besprechungsnummer", "meeting-nummer", "geheimzahl"),
    # French
    *("id de réunion", "id de la réunion", "id réunion", "numéro de réunion"),
    *("identifiant de réunion", "identifiant de la réunion", "n° de réunion"),
    *("code secret", "code d'accès", "code d’accès", "mot de passe", "code pin"),
    *("id de conférence", "id de conférence téléphonique", "code confidentiel"),
    # Spanish, Catalan, Portuguese, Galician, Italian, Romanian
    *("id de reunión", "id de la reunión", "id. de reunión", "número de reunión"),
    *("código de acceso", "contraseña", "clave de acceso", "código pin", "clave"),
    *("id de la reunió", "contrasenya", "codi d'accés", "codi d’accés"),
    *("id da reunião", "id de reunião", "número da reunião", "senha de acesso"),
    *("senha", "palavra-passe", "código de acesso", "id da conferência"),
    *("id da reunión", "contrasinal", "id riunione", "id della riunione"),
    *("codice di accesso", "codice d'accesso", "codice d’accesso", "numero riunione"),
    *("parola d'ordine", "codice pin", "id întâlnire", "parolă", "cod de acces"),
    # Dutch, Swedish, Danish, Norwegian, Finnish
    *("vergadering-id", "vergaderings-id", "vergadering id", "vergadernummer"),
    *("toegangscode", "wachtwoord", "pincode", "mötes-id", "lösenord", "lösenkod"),
    *("åtkomstkod", "møde-id", "møte-id", "adgangskode", "passord", "tilgangskode"),
    *("adgangskode", "kokoustunnus", "kokouksen tunnus", "tunnuskoodi", "salasana"),
    # Polish, Czech, Slovak, Hungarian, Slovene, Croatian, Lithuanian, Estonian
    *("identyfikator spotkania", "id spotkania", "numer spotkania", "kod dostępu"),
    *("hasło", "kod pin", "id schůzky", "přístupový kód", "heslo", "id schôdze"),
    *("prístupový kód", "értekezlet azonosítója", "jelszó", "hozzáférési kód"),
    *("id sestanka", "geslo", "id sastanka", "lozinka", "pristupni kod"),
    *("slaptažodis", "prieigos kodas", "parool", "pääsukood", "juurdepääsukood"),
    # Russian, Ukrainian, Belarusian, Bulgarian, Serbian
    *("идентификатор конференции", "идентификатор собрания", "код доступа"),
    *("пароль", "секретный код", "пин-код", "пин", "номер встречи", "id встречи"),
    *("ідентифікатор конференції", "ідентифікатор наради", "код доступу", "пін-код"),
    *("ідэнтыфікатар канферэнцыі", "код доступу", "ид на събранието", "парола"),
    *("код за достъп", "ид састанка", "лозинка", "приступни код"),
    # Greek, Turkish, Azerbaijani, Indonesian, Malay, Vietnamese, Swahili, Esperanto
    *("αναγνωριστικό σύσκεψης", "κωδικός πρόσβασης", "κωδικός", "toplantı kimliği"),
    *("toplantı numarası", "toplantı no", "parola", "şifre", "geçiş kodu"),
    *("giriş kodu", "parol", "id rapat", "kode sandi", "kata sandi", "kode akses"),
    *("id mesyuarat", "kata laluan", "kod laluan", "id cuộc họp", "mật mã"),
    *("mật khẩu", "kitambulisho cha mkutano", "nenosiri", "pasvorto", "alirkodo"),
    # Arabic, Persian, Urdu, Hebrew, Hindi, Bengali
    *("معرف الاجتماع", "معرّف الاجتماع", "رمز المرور", "كلمة المرور", "رمز الدخول"),
    *("رمز الوصول", "رقم التعريف الشخصي", "رقم الاجتماع", "شناسه جلسه", "رمز عبور"),
    *("گذرواژه", "کد دسترسی", "میٹنگ آئی ڈی", "پاس کوڈ", "پاس ورڈ", "מזהה פגישה"),
    *("מזהה הפגישה", "קוד גישה", "קוד סודי", "סיסמה", "सभा आईडी", "मीटिंग आईडी"),
    *("मीटिंग id", "पासकोड", "पासवर्ड", "পাসকোড", "পাসওয়ার্ড", "মিটিং আইডি"),
)
"""Labels in lower case, of scripts with spaces between words."""

LABELS_WITHOUT_SPACES = (
    # Japanese, Chinese, Korean, Thai
    *(
        "ミーティングid",
        "ミーティング id",
        "会議id",
        "会議 id",
        "会議番号",
        "パスコード",
    ),
    *(
        "パスワード",
        "暗証番号",
        "アクセスコード",
        "会议id",
        "会议 id",
        "会议号",
        "会议密码",
    ),
    *("密码", "入会密码", "口令", "會議id", "會議 id", "會議號", "密碼", "接入码"),
    *("회의 id", "회의id", "암호", "비밀번호", "패스코드", "액세스 코드"),
    *("รหัสการประชุม", "รหัสผ่าน", "หมายเลขการประชุม"),
)

DIALLING = (
    *("one tap mobile", "dial by your location", "dial in by phone", "join by phone"),
    *("or dial", "dial-in", "dial in", "or call in", "call in", "join by telephone"),
    *("join by sip", "join by h.323", "join by video system", "more phone numbers"),
    *("join from a video system", "join from a video conferencing device"),
    *("to join by phone", "to join this meeting by phone", "join by skype"),
    *("tap to call in from a mobile device", "find your local number", "find a local"),
    *("call-in toll", "global call-in numbers", "toll-free", "see meeting dial-in"),
    *("looking for a different dial-in", "mobile one-tap", "phone one-tap"),
    *("telephone one-tap", "join via audio", "audio conference"),
    *("schnelleinwahl mobil", "einwahl nach aktuellem standort", "einwahlnummer"),
    *("telefonische einwahl", "per telefon teilnehmen", "per telefon beitreten"),
    *("oder wählen sie", "telefoneinwahl", "ortseinwahl suchen", "mit dem telefon"),
    *("une seule touche sur l", "composez un numéro", "ou composez", "par téléphone"),
    *("numéro d'appel", "móvil con un toque", "marcar según su ubicación", "o marca"),
    *("marque según su ubicación", "marcación", "unirse por teléfono", "por teléfono"),
    *("celular com um toque", "discar pelo seu local", "ou disque", "por telefone"),
    *("un tocco su dispositivo", "componi il numero", "oppure componi", "per telefono"),
    *("mobiel met één tik", "bel volgens uw locatie", "of bel", "telefonisch"),
    *("jednym dotknięciem", "wybierz numer", "lub zadzwoń", "telefonicznie"),
    *("подключение одним касанием", "одно нажатие", "набор с учетом", "по телефону"),
    *("наберите", "за телефоном", "ワンタップ", "電話で参加", "所在地でダイヤル"),
    *("手机一键拨号", "根据您所在的位置拨号", "电话拨入", "手機一鍵", "전화로 참가"),
)
"""Phrases before telephone numbers, with verbs of several services."""

PHRASES = frozenset(
    (
        *(
            "join zoom meeting",
            "join the meeting",
            "join the meeting now",
            "join meeting",
        ),
        *("click here to join the meeting", "join on your computer or mobile app"),
        *(
            "join on your computer, mobile app or room device",
            "microsoft teams meeting",
        ),
        *("microsoft teams", "microsoft teams need help?", "need help?", "learn more"),
        *("meeting options", "reset dial-in pin", "reset pin", "download teams"),
        *("join on the web", "join with google meet", "join by video", "join webinar"),
        *(
            "more ways to join",
            "view more joining info",
            "please do not edit this section",
        ),
        *("please do not edit this section.", "join with a video conferencing device"),
        *("alternate vtc instructions", "for organizers: meeting options", "or"),
        *("join zoom webinar", "join webex meeting", "join from the meeting link"),
        *("zoom-meeting beitreten", "an besprechung teilnehmen", "jetzt teilnehmen"),
        *("jetzt an der besprechung teilnehmen", "microsoft teams-besprechung"),
        *("rejoindre la réunion", "rejoindre la réunion maintenant", "participer"),
        *("participer à la réunion zoom", "réunion microsoft teams", "ou"),
        *("unirse a la reunión", "unirse a la reunión zoom", "unirse a zoom reunión"),
        *(
            "reunión de microsoft teams",
            "ingressar na reunião",
            "entrar na reunião zoom",
        ),
        *("entra nella riunione in zoom", "partecipa alla riunione", "oder", "o", "of"),
        *(
            "deelnemen aan zoom meeting",
            "dołącz do spotkania",
            "dołącz do spotkania zoom",
        ),
        *(
            "подключиться к конференции zoom",
            "присоединиться к собранию",
            "加入 zoom 会议",
        ),
    )
)
"""Lines of invitations that are pointless once ids and numbers are removed."""
