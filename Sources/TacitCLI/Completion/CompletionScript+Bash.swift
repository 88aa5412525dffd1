// SPDX-License-Identifier: Apache-2.0

extension CompletionScript {
    /// For bash 4 or later, with or without the package bash-completion.
    var bash: String {
        let groupCases = groups.map { word, commands in
            let seconds = commands.map(Self.secondWord).joined(separator: " ")
            return """
                    \(word))
                        if [ "$COMP_CWORD" -eq 2 ]; then
                            _tacit_offer -W "\(seconds)"
                            return
                        fi
                        command="\(word) ${COMP_WORDS[2]}"
                        ;;

                """
        }.joined()
        return """
            # bash completion for tacit
            _tacit_offer() {
                mapfile -t COMPREPLY < <(compgen "$@" -- "${COMP_WORDS[COMP_CWORD]}")
            }

            _tacit() {
                local current=${COMP_WORDS[COMP_CWORD]}
                local previous=${COMP_WORDS[COMP_CWORD - 1]}
                local command=${COMP_WORDS[1]}
                COMPREPLY=()
                if [ "$COMP_CWORD" -eq 1 ]; then
                    _tacit_offer -W "\(firstWords.map(\.word).joined(separator: " "))"
                    return
                fi
                case $command in
            \(groupCases)    esac
                case $command in
            \(commands.commands.map(bashCase).joined())    esac
            }

            complete -o filenames -F _tacit tacit

            """
    }

    private func bashCase(_ command: any Command) -> String {
        let flags = Self.flags(of: command)
        let values = flags.filter { $0.value != nil }.map { flag in
            let spellings = (flag.letter.map { ["-\($0)"] } ?? []) + ["--\(flag.name)"]
            let offer = bashOffer(flag.completion).map { "_tacit_offer \($0); " } ?? ""
            return "        \(spellings.joined(separator: " | "))) \(offer)return ;;\n"
        }.joined()
        let names = flags.map { "--\($0.name)" }.joined(separator: " ")
        let operand = bashOffer(Self.operandCompletion(of: command)).map { "_tacit_offer \($0)" }
        let previous =
            values.isEmpty ? "" : "        case $previous in\n\(values)        esac\n"
        return """
                "\(command.name)")
            \(previous)        case $current in
                    -*) _tacit_offer -W "\(names)" ;;
                    *) \(operand ?? "return") ;;
                    esac
                    ;;

            """
    }

    private func bashOffer(_ completion: Completion) -> String? {
        switch completion {
        case .nothing: nil
        case .files: "-f"
        case .directories: "-d"
        case .words(let words): "-W \"\(words.joined(separator: " "))\""
        case .commands: "-W \"\(firstWords.map(\.word).joined(separator: " "))\""
        }
    }
}
