# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Completion of landgang for fish.
set -l commands match check explain generate taxonomy formats
complete -c landgang -n "not __fish_seen_subcommand_from $commands" -f -a "$commands"
complete -c landgang -n "__fish_seen_subcommand_from match explain" -l candidates -r -d "candidates"
complete -c landgang -n "__fish_seen_subcommand_from match explain" -l openings -r -d "openings"
complete -c landgang -n "__fish_seen_subcommand_from match explain generate taxonomy" -l taxonomy -r -d "vocabulary"
complete -c landgang -n "__fish_seen_subcommand_from match generate taxonomy" -l out -r -d "where to write"
complete -c landgang -n "__fish_seen_subcommand_from match" -l top -x -d "length of each list, or all"
complete -c landgang -n "__fish_seen_subcommand_from match" -l assign -d "place all at once"
complete -c landgang -n "__fish_seen_subcommand_from match" -l prove -d "and prove that nothing is better"
complete -c landgang -n "__fish_seen_subcommand_from match" -l objective -x -a "people score" -d "what to make greatest"
complete -c landgang -n "__fish_seen_subcommand_from match" -l reserve -x -d "propose nothing that scores less"
complete -c landgang -n "__fish_seen_subcommand_from match" -l threads -x -d "threads"
complete -c landgang -n "__fish_seen_subcommand_from match" -l weights -r -d "points of the parts"
complete -c landgang -n "__fish_seen_subcommand_from match" -l simd -x -a "auto scalar avx2 avx512" -d "instructions"
complete -c landgang -n "__fish_seen_subcommand_from match" -l quiet -d "only errors"
complete -c landgang -n "__fish_seen_subcommand_from generate" -f -a "denmark nordic eu"
complete -c landgang -n "__fish_seen_subcommand_from generate" -l candidates -x -d "how many"
complete -c landgang -n "__fish_seen_subcommand_from generate" -l openings -x -d "how many"
complete -c landgang -n "__fish_seen_subcommand_from generate" -l seed -x -d "another number, another market"
complete -c landgang -n "__fish_seen_subcommand_from taxonomy" -a "import show info find rank"
complete -c landgang -n "__fish_seen_subcommand_from taxonomy" -l labels -x -d "more names, LANG=FILE"
complete -c landgang -n "__fish_seen_subcommand_from check" -l sample -x -d "candidates to look through"
complete -c landgang -n "__fish_seen_subcommand_from explain" -l lang -x -a "en da sv uk" -d "language of the words"
complete -c landgang -n "__fish_seen_subcommand_from explain" -l weights -r -d "points of the parts"
complete -c landgang -n "__fish_seen_subcommand_from explain" -l json -d "for programs"
complete -c landgang -n "__fish_seen_subcommand_from formats" -f -a jobtech
