// The commands of modules. Of their arguments nothing is known but where the key stands.

extension Unsupported {
    static var modules: [Command] {
        Version.Product.allCases.flatMap { product in
            (moduleCommands[product] ?? []).flatMap { family in
                family.releases.flatMap { release in
                    release.names.map { name in
                        Command.unnamed(
                            "\(family.prefix).\(name)", Version(product, release.since), .module, arity: -1,
                            keys: family.keys, instead: family.instead)
                    }
                }
            }.sorted { $0.name < $1.name }
        }
    }

    /// Commands of a module whose names begin with the same letters.
    private struct Family {
        let prefix: String
        let keys: KeyLayout
        let instead: String
        let releases: [(since: (UInt8, UInt8, UInt8), names: [String])]
    }

    private static let moduleCommands: [Version.Product: [Family]] = [
        .redisJSON: [
            Family(
                prefix: "JSON", keys: .first, instead: Instead.json,
                releases: [
                    (
                        (1, 0, 0),
                        [
                            "ARRAPPEND", "ARRINDEX", "ARRINSERT", "ARRLEN", "ARRPOP", "ARRTRIM", "DEBUG", "DEL",
                            "FORGET", "GET", "MGET", "NUMINCRBY", "NUMMULTBY", "NUMPOWBY", "OBJKEYS", "OBJLEN",
                            "RESP", "SET", "STRAPPEND", "STRLEN", "TYPE",
                        ]
                    ),
                    ((2, 0, 0), ["CLEAR", "TOGGLE"]),
                    ((2, 6, 0), ["MERGE", "MSET"]),
                ])
        ],
        .rediSearch: [
            Family(
                prefix: "FT", keys: .none, instead: Instead.search,
                releases: [
                    (
                        (1, 0, 0),
                        [
                            "ADD", "ALIASADD", "ALIASDEL", "ALIASUPDATE", "ALTER", "CONFIG", "CREATE", "DEL", "DROP",
                            "EXPLAIN", "EXPLAINCLI", "GET", "INFO", "MGET", "SAFEADD", "SEARCH", "SUGADD", "SUGDEL",
                            "SUGGET", "SUGLEN", "TAGVALS", "_ALIASADDIFNX", "_ALIASDELIFX", "_ALTERIFNX",
                            "_CREATEIFNX",
                        ]
                    ),
                    ((1, 1, 0), ["AGGREGATE", "CURSOR"]),
                    ((8, 10, 0), ["ALIASLIST"]),
                    ((1, 4, 0), ["DICTADD", "DICTDEL", "DICTDUMP", "SPELLCHECK"]),
                    ((2, 0, 0), ["DROPINDEX", "_DROPIFX", "_DROPINDEXIFX", "_LIST"]),
                    ((8, 4, 4), ["HYBRID"]),
                    ((2, 2, 0), ["PROFILE"]),
                    ((1, 2, 0), ["SYNADD", "SYNDUMP", "SYNUPDATE"]),
                ])
        ],
        .redisBloom: [
            Family(
                prefix: "BF", keys: .first, instead: Instead.membership,
                releases: [
                    (
                        (1, 0, 0),
                        [
                            "ADD", "DEBUG", "EXISTS", "INFO", "INSERT", "LOADCHUNK", "MADD", "MEXISTS", "RESERVE",
                            "SCANDUMP",
                        ]
                    ),
                    ((2, 4, 4), ["CARD"]),
                ]),
            Family(
                prefix: "CF", keys: .first, instead: Instead.membership,
                releases: [
                    (
                        (1, 0, 0),
                        [
                            "ADD", "ADDNX", "COMPACT", "COUNT", "DEBUG", "DEL", "EXISTS", "INFO", "INSERT",
                            "INSERTNX", "LOADCHUNK", "MEXISTS", "RESERVE", "SCANDUMP",
                        ]
                    )
                ]),
            Family(
                prefix: "CMS", keys: .first, instead: Instead.sketch,
                releases: [
                    ((2, 0, 0), ["INCRBY", "INFO", "INITBYDIM", "INITBYPROB", "MERGE", "QUERY"])
                ]),
            Family(
                prefix: "TOPK", keys: .first, instead: Instead.topK,
                releases: [
                    ((2, 0, 0), ["ADD", "COUNT", "INCRBY", "INFO", "LIST", "QUERY", "RESERVE"])
                ]),
            Family(
                prefix: "TDIGEST", keys: .first, instead: Instead.quantiles,
                releases: [
                    (
                        (2, 4, 0),
                        [
                            "ADD", "BYRANK", "BYREVRANK", "CDF", "CREATE", "INFO", "MAX", "MERGE", "MIN", "QUANTILE",
                            "RANK", "RESET", "REVRANK", "TRIMMED_MEAN",
                        ]
                    )
                ]),
        ],
        .redisTimeSeries: [
            Family(
                prefix: "TS", keys: .first, instead: Instead.timeSeries,
                releases: [
                    (
                        (1, 0, 0),
                        [
                            "ADD", "ALTER", "CREATE", "CREATERULE", "DECRBY", "DELETERULE", "GET", "INCRBY", "INFO",
                            "MADD", "MGET", "MRANGE", "QUERYINDEX", "RANGE",
                        ]
                    ),
                    ((1, 6, 0), ["DEL"]),
                    ((1, 4, 0), ["MREVRANGE", "REVRANGE"]),
                    ((8, 10, 0), ["NRANGE", "NREVRANGE", "QUERYLABELS", "READ"]),
                ])
        ],
        .redisGraph: [
            Family(
                prefix: "GRAPH", keys: .first, instead: Instead.graph,
                releases: [
                    ((1, 0, 0), ["DELETE", "QUERY"]),
                    ((2, 0, 0), ["EXPLAIN", "PROFILE"]),
                    ((2, 0, 12), ["SLOWLOG"]),
                    ((2, 2, 8), ["RO_QUERY"]),
                    ((2, 2, 11), ["CONFIG"]),
                    ((2, 4, 3), ["LIST"]),
                ])
        ],
        .redisGears: [
            Family(
                prefix: "RG", keys: .none, instead: Instead.modules,
                releases: [
                    (
                        (1, 0, 0),
                        [
                            "ABORTEXECUTION", "CONFIGGET", "CONFIGSET", "DROPEXECUTION", "DUMPEXECUTIONS",
                            "DUMPREGISTRATIONS", "GETEXECUTION", "GETRESULTS", "GETRESULTSBLOCKING", "INFOCLUSTER",
                            "PYEXECUTE", "PYSTATS", "REFRESHCLUSTER", "TRIGGER", "UNREGISTER",
                        ]
                    )
                ])
        ],
        .redisAI: [
            Family(
                prefix: "AI", keys: .none, instead: Instead.modules,
                releases: [
                    (
                        (1, 0, 0),
                        [
                            "CONFIG", "DAGRUN", "DAGRUN_RO", "INFO", "MODELDEL", "MODELGET", "MODELRUN", "MODELSET",
                            "SCRIPTDEL", "SCRIPTGET", "SCRIPTRUN", "SCRIPTSET", "TENSORGET", "TENSORSET",
                        ]
                    ),
                    (
                        (1, 2, 0),
                        [
                            "DAGEXECUTE", "DAGEXECUTE_RO", "MODELEXECUTE", "MODELSTORE", "SCRIPTEXECUTE",
                            "SCRIPTSTORE",
                        ]
                    ),
                ])
        ],
        .redisCell: [
            Family(
                prefix: "CL", keys: .first, instead: Instead.rateLimit,
                releases: [
                    ((0, 1, 0), ["THROTTLE"])
                ])
        ],
    ]
}
