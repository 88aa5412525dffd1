// SPDX-License-Identifier: Apache-2.0
import TacitCLI

TacitCLI.Tacit.main()
