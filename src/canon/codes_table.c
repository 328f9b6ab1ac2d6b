/* SPDX-License-Identifier: BSD-2-Clause */

/* Code lists; sorted, and hand-set. */

#include "canon/codes.h"


#define CODES(width, codes)                                                    \
    { (width), (sizeof(codes) - 1) / (width), (codes) }

const xd_codes_t xd_codes_country = CODES(2,
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZ"
    "BABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZ"
    "CACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZ"
    "DEDJDKDMDODZ"
    "ECEEEGEHERESET"
    "FIFJFKFMFOFR"
    "GAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGY"
    "HKHMHNHRHTHU"
    "IDIEILIMINIOIQIRISIT"
    "JEJMJOJP"
    "KEKGKHKIKMKNKPKRKWKYKZ"
    "LALBLCLILKLRLSLTLULVLY"
    "MAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZ"
    "NANCNENFNGNINLNONPNRNUNZ"
    "OM"
    "PAPEPFPGPHPKPLPMPNPRPSPTPWPY"
    "QA"
    "RERORSRURW"
    "SASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZ"
    "TCTDTFTGTHTJTKTLTMTNTOTRTTTVTWTZ"
    "UAUGUMUSUYUZ"
    "VAVCVEVGVIVNVU"
    "WFWS"
    "YEYT"
    "ZAZMZW");

/* In use today, and those that end of late: an old document stays readable. */
const xd_codes_t xd_codes_currency = CODES(3,
    "AEDAFNALLAMDANGAOAARSAUDAWGAZN"
    "BAMBBDBDTBGNBHDBIFBMDBNDBOBBOVBRLBSDBTNBWPBYNBZD"
    "CADCDFCHECHFCHWCLFCLPCNYCOPCOUCRCCUCCUPCVECZK"
    "DJFDKKDOPDZD"
    "EGPERNETBEUR"
    "FJDFKP"
    "GBPGELGHSGIPGMDGNFGTQGYD"
    "HKDHNLHRKHTGHUF"
    "IDRILSINRIQDIRRISK"
    "JMDJODJPY"
    "KESKGSKHRKMFKPWKRWKWDKYDKZT"
    "LAKLBPLKRLRDLSLLYD"
    "MADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMXVMYRMZN"
    "NADNGNNIONOKNPRNZD"
    "OMR"
    "PABPENPGKPHPPKRPLNPYG"
    "QAR"
    "RONRSDRUBRWF"
    "SARSBDSCRSDGSEKSGDSHPSLESLLSOSSRDSSPSTNSVCSYPSZL"
    "THBTJSTMTTNDTOPTRYTTDTWDTZS"
    "UAHUGXUSDUSNUYIUYUUYWUZS"
    "VEDVESVNDVUV"
    "WST"
    "XAFXCDXCGXDRXOFXPFXSUXUA"
    "YER"
    "ZARZMWZWGZWL");

/* ISO 4217 gives every other currency two.  Gold, drawing rights and the like
 * (XDR, XSU, XUA) have none of their own: an amount may have all six. */
const xd_minor_t xd_codes_minor[] = {
    { "BHD", 3 }, { "BIF", 0 }, { "CLF", 4 }, { "CLP", 0 }, { "DJF", 0 },
    { "GNF", 0 }, { "IQD", 3 }, { "ISK", 0 }, { "JOD", 3 }, { "JPY", 0 },
    { "KMF", 0 }, { "KRW", 0 }, { "KWD", 3 }, { "LYD", 3 }, { "OMR", 3 },
    { "PYG", 0 }, { "RWF", 0 }, { "TND", 3 }, { "UGX", 0 }, { "UYI", 0 },
    { "UYW", 4 }, { "VND", 0 }, { "VUV", 0 }, { "XAF", 0 }, { "XDR", 6 },
    { "XOF", 0 }, { "XPF", 0 }, { "XSU", 6 }, { "XUA", 6 },
    { "", 0 } };
