"""A sentence in each language that the detector knows, written for the tests."""

SENTENCES = {
    "bg": "Общинският съвет обсъди бюджета за следващата година.",
    "cs": "Zastupitelstvo města včera schválilo rozpočet na příští rok.",
    "da": "Kommunen vil bygge flere boliger til unge, der ikke har råd til at købe.",
    "de": "Der Gemeinderat hat gestern über die neue Buslinie abgestimmt.",
    "el": "Ο δήμος θα φυτέψει χίλια δέντρα στους δρόμους της πόλης.",
    "en": "The town council wants to plant a thousand trees along its streets.",
    "es": "El ayuntamiento quiere plantar mil árboles en las calles de la ciudad.",
    "et": "Linnavolikogu tahab järgmisel aastal istutada tänavatele tuhat puud.",
    "fi": "Kaupunginvaltuusto haluaa istuttaa kaduille tuhat puuta ensi vuonna.",
    "fr": "Le conseil municipal souhaite planter mille arbres dans les rues de la ville.",
    "ga": "Ba mhaith leis an gcomhairle míle crann a chur ar shráideanna an bhaile.",
    "hr": "Gradsko vijeće želi sljedeće godine posaditi tisuću stabala na ulicama.",
    "hu": "A városi tanács jövőre ezer fát szeretne ültetni az utcákon.",
    "it": "Il consiglio comunale vuole piantare mille alberi nelle strade della città.",
    "lt": "Miesto taryba kitais metais nori gatvėse pasodinti tūkstantį medžių.",
    "lv": "Pilsētas dome nākamgad vēlas ielās iestādīt tūkstoš koku.",
    "mt": "Il-kunsill lokali jixtieq iħawwel elf siġra fit-toroq tal-belt.",
    "nl": "De gemeenteraad wil volgend jaar duizend bomen in de straten planten.",
    "pl": "Rada miasta chce w przyszłym roku posadzić tysiąc drzew przy ulicach.",
    "pt": "A câmara municipal quer plantar mil árvores nas ruas da cidade.",
    "ro": "Consiliul local vrea să planteze o mie de copaci pe străzile orașului.",
    "sk": "Mestské zastupiteľstvo chce budúci rok vysadiť na uliciach tisíc stromov.",
    "sl": "Mestni svet želi prihodnje leto na ulicah posaditi tisoč dreves.",
    "sv": "Kommunfullmäktige vill plantera tusen träd längs stadens gator nästa år.",
}

NEIGHBOURS = {
    "mk": "Советот на општината сака следната година да засади илјада дрвја по улиците.",
    "no": "Kommunestyret ønsker å plante tusen trær langs gatene i byen, og det må skje nå.",
    "ru": "Городской совет хочет в следующем году посадить на улицах тысячу деревьев.",
    "sq": "Këshilli bashkiak dëshiron të mbjellë një mijë pemë në rrugët e qytetit.",
    "sr": "Градско веће жели да следеће године посади хиљаду стабала на улицама.",
    "tr": "Belediye meclisi gelecek yıl kentin sokaklarına bin ağaç dikmek istiyor.",
    "uk": "Міська рада хоче наступного року посадити на вулицях тисячу дерев.",
}
