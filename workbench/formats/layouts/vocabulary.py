"""The words by which labels of speakers are told from other words before a colon."""


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


INTERVIEWER = _words(
    """
    i int interv interviewer interviewers interviewerin interviewende intervjuer intervjuare
    intervieweur intervieweuse enquêteur enquêtrice entrevistador entrevistadora moderator mod
    facilitator fasilitator researcher forsker forskeren chercheur chercheuse ordstyrer
    fragesteller q question spørsmål spm
    """
)
"""Labels of those who ask."""
PARTICIPANT = _words(
    """
    p participant participants participante respondent respondents resp interviewee informant
    inf deltaker deltager intervjuobjekt ip answer svar befragte befragter enquêté enquêtée
    interviewé interviewée
    """
)
"""Labels of those who answer."""
SOMEBODY = _words(
    """
    a b r m f k s e speaker sprecher sprecherin voice person man woman male female all group
    mann kvinne alle taler stemme
    """
) | {"unknown speaker", "unidentified speaker", "ukjent taler"}
"""Labels that say only that somebody speaks."""
NOT_SPEAKERS = _words(
    """
    http https ftp www mailto file note notes nb ps merk merknad merknader obs remark remarks
    comment comments kommentar kommentarer example examples eksempel beispiel exemple e.g i.e
    date dato datum time times tid klokka kl when where what who why how hva hvor hvordan
    hvorfor når hvem source sources kilde link url title tittel titel titre subject topic
    topics tema theme themes section part summary sammendrag keywords nøkkelord abstract
    introduction innledning background bakgrunn conclusion konklusjon result results resultat
    problem problems problemet reason reasons grunn goal goals mål advantage advantages
    disadvantage disadvantages fordel fordeler ulempe ulemper pros cons first firstly second
    secondly third thirdly finally lastly først for-det-første til-slutt yes no yeah nei ja
    well so but and or then now okay ok anyway actually again also plus men og så da nå altså
    vel jaja however therefore meanwhile still sure right exactly remember important warning
    attention viktig duration varighet length lengde language språk setting place location
    sted venue mode order rekkefølge version versjon recording opptak transcript transkripsjon
    transcribed transcriber transkribert project prosjekt interview intervju age alder gender
    kjønn kind notat memo todo step steg task oppgave figure table figur tabell page side
    chapter kapittel appendix vedlegg total sum thing things
    """
)
"""Words that stand before a colon and are not speakers, however often they do."""
SENTENCE_WORDS = _words(
    """
    the a an and or but that this these those it is was were are be been he she they we you
    said says say asked told thing my your his her our their of to in on at for with from as
    if when so because not just very have has had do did does can could would will there here
    og eller men det den de er var som jeg du vi han hun sa sier min din på i til fra ikke en
    et å har hadde kan skal ville
    """
)
"""Words of sentences: with one of them, words before a colon are no label."""
PARTICLES = _words("de da di du der den van von af av la le el bin ibn y of")
"""Small words inside names."""
