// SPDX-License-Identifier: Apache-2.0

extension CompletionScript {
    /// For zsh's compsys.
    var zsh: String {
        let groupCases = groups.map { word, commands in
            let seconds = commands.map { (Self.secondWord(of: $0), $0.summary) }
            return """
                    \(word))
                        if (( CURRENT == 3 )); then
                            local -a seconds=(\(described(seconds)))
                            _describe command seconds
                            return
                        fi
                        command="\(word) $words[3]"
                        skip=2
                        ;;

                """
        }.joined()
        return """
            #compdef tacit
            # zsh completion for tacit
            _tacit() {
                local command=$words[2] skip=1
                local -a commands=(\(described(firstWords)))
                if (( CURRENT == 2 )); then
                    _describe command commands
                    return
                fi
                case $command in
            \(groupCases)    esac
                shift $skip words
                (( CURRENT -= skip ))
                case $command in
            \(commands.commands.map(zshCase).joined())    esac
            }

            if [ "$funcstack[1]" = "_tacit" ]; then
                _tacit "$@"
            else
                compdef _tacit tacit
            fi

            """
    }

    private func described(_ words: [(String, String)]) -> String {
        words.map { "\n        \(zshQuote("\($0):\($1)"))" }.joined() + "\n    "
    }

    private func zshCase(_ command: any Command) -> String {
        var specifications = Self.flags(of: command).flatMap(zshFlag)
        if let operand = command.operands.last {
            let action = zshAction(operand.completion)
            specifications.append(zshQuote("*:\(zshEscape(operand.name)):\(action)"))
        }
        return """
                "\(command.name)")
                    _arguments \\
                        \(specifications.joined(separator: " \\\n            "))
                    ;;

            """
    }

    private func zshFlag(_ flag: Flag) -> [String] {
        let value = flag.value.map { ":\(zshEscape($0)):\(zshAction(flag.completion))" } ?? ""
        let spellings = (flag.letter.map { ["-\($0)"] } ?? []) + ["--\(flag.name)"]
        let prefix = flag.repeats ? "*" : "(\(spellings.joined(separator: " ")))"
        return spellings.map { spelling in
            zshQuote("\(prefix)\(spelling)[\(zshEscape(flag.summary))]\(value)")
        }
    }

    private func zshAction(_ completion: Completion) -> String {
        switch completion {
        case .nothing: " "
        case .files: "_files"
        case .directories: "_files -/"
        case .words(let words): "(\(words.joined(separator: " ")))"
        case .commands: "(\(firstWords.map(\.word).joined(separator: " ")))"
        }
    }

    /// Guards what `_arguments` gives a meaning to.
    private func zshEscape(_ text: String) -> String {
        text.reduce(into: "") { escaped, character in
            if "[]:\\".contains(character) { escaped += "\\" }
            escaped.append(character)
        }
    }

    private func zshQuote(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
